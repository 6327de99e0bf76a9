/** Kinds of events, by which readers of the stream choose. */
export const eventKinds = ['frame', 'http', 'finding', 'device', 'script', 'trouble'] as const
