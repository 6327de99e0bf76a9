/** Rules that cannot be decided by watching a gateway and its docks from outside, with the reason. */
export const notWatched: Readonly<Record<string, string>> = {
  'dock-job-accepts-first': 'It says how a result is meant; no message can contradict it.',
  'dock-property-set-mirrored': 'The reply mirrors a request of the platform that no gateway has to send.',
  'dock-request-answered-once': 'What a dock takes for an answer shows only in what it does next.',
  'dock-drc-heartbeat': 'The drc mode is left without a message that a dock has to send.',
  'dock-hms-lists-all': 'Which alarms are active is known to the dock alone.',
}
