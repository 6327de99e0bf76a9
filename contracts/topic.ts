/** Topic families of the DJI Cloud API between a gateway device (dock or remote controller) and the cloud. */
export const upFamilies = [
  'osd',
  'state',
  'services_reply',
  'events',
  'requests',
  'property/set_reply',
  'drc/up',
  'status',
] as const
export const downFamilies = [
  'services',
  'events_reply',
  'requests_reply',
  'property/set',
  'drc/down',
  'status_reply',
] as const

export type UpFamily = (typeof upFamilies)[number]
export type DownFamily = (typeof downFamilies)[number]
export type TopicFamily = UpFamily | DownFamily

export interface Topic {
  readonly family: TopicFamily
  /** Serial number in the topic: the gateway's, or the device's own on `osd` and `state`. */
  readonly sn: string
}

const families = new Set<string>([...upFamilies, ...downFamilies])

/** `sys/` carries a device's basic life cycle, `thing/` its thing model. */
function prefixOf(family: TopicFamily): 'sys' | 'thing' {
  return family === 'status' || family === 'status_reply' ? 'sys' : 'thing'
}

/** Writes a topic: `thing/product/{sn}/services`, `sys/product/{sn}/status`. */
export function formatTopic(family: TopicFamily, sn: string): string {
  return `${prefixOf(family)}/product/${sn}/${family}`
}

/** Reads a topic of the DJI Cloud API; anything else is `undefined`. */
export function parseTopic(topic: string): Topic | undefined {
  // By hand and without lists: every message is looked at in half a dozen places.
  const prefix = prefixes.find((start) => topic.startsWith(start))
  if (prefix === undefined) return undefined
  const end = topic.indexOf('/', prefix.length)
  const family = topic.slice(end + 1)
  if (end <= prefix.length || !isFamily(family) || !prefix.startsWith(prefixOf(family))) return undefined
  return { family, sn: topic.slice(prefix.length, end) }
}

const prefixes = ['thing/product/', 'sys/product/'] as const

function isFamily(word: string): word is TopicFamily {
  return families.has(word)
}

/** The family on which an answer to `family` travels, or `undefined` where none is defined. */
export function replyFamily(family: TopicFamily): TopicFamily | undefined {
  switch (family) {
    case 'services':
      return 'services_reply'
    case 'events':
      return 'events_reply'
    case 'requests':
      return 'requests_reply'
    case 'status':
      return 'status_reply'
    case 'property/set':
      return 'property/set_reply'
    case 'drc/down':
      return 'drc/up'
    default:
      return undefined
  }
}
