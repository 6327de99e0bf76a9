import { remember } from './capped.ts'
import type { Envelope } from './envelope.ts'
import type { Frame } from './frame.ts'
import type { History } from './history.ts'
import type { Topic, TopicFamily } from './topic.ts'
import { replyFamily } from './topic.ts'

/** Remembers a dock's message that asks the platform for an answer (rule: mqtt-acknowledges-events). */
export function recordAsk(
  history: History,
  { sender, seq, at }: Frame,
  topic: Topic,
  envelope: Envelope,
): void {
  const { tid, bid } = envelope
  // A stranger's message may be passed over.
  if (sender?.kind === 'stranger' || tid === undefined || !asks(topic.family, envelope)) return
  const key = askKey(topic.family, topic.sn, tid)
  const most = history.options.limit ?? 100_000
  if (!history.asks.has(key))
    remember(history.asks, key, { seq, at, gateway_sn: topic.sn, bid, answer: 'none' }, most)
}

/** Notes the platform's answer. */
export function recordAnswer(history: History, topic: Topic, { tid, bid }: Envelope): void {
  const asked = (['events', 'requests', 'status'] as const).find(
    (family) => replyFamily(family) === topic.family,
  )
  if (asked === undefined || tid === undefined) return
  const ask = history.asks.get(askKey(asked, topic.sn, tid))
  if (ask !== undefined && ask.answer !== 'right') ask.answer = ask.bid === bid ? 'right' : 'wrong'
}

function asks(family: TopicFamily, { need_reply, method }: Envelope): boolean {
  if (family === 'events') return need_reply === 1 && method !== undefined
  return (family === 'requests' && method !== undefined) || (family === 'status' && method === 'update_topo')
}

function askKey(family: TopicFamily, sn: string, tid: string): string {
  return `${family} ${sn} ${tid}`
}
