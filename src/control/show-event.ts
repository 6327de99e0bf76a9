import type { RigEvent } from '../library-events.ts'
import type { TimelineFrame } from '../scenario/index.ts'
import { hideSecrets } from './hide-secrets.ts'

/** A message without its secrets. */
export function showFrame(frame: TimelineFrame): TimelineFrame {
  return { ...frame, payload: hideSecrets(frame.payload) }
}

/** An event as readers of the stream get it. */
export function showEvent(event: RigEvent): RigEvent {
  return event.kind === 'frame' ? { ...event, frame: showFrame(event.frame) } : event
}
