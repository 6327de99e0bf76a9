import type { Sender } from '../contracts/index.ts'
import { downFamilies, parseTopic, upFamilies } from '../contracts/index.ts'

/** What a client of the broker is, told by the user name and password it connected with. */
export type Account =
  | { readonly kind: 'platform' }
  | { readonly kind: 'dock'; readonly gateway_sn: string; readonly aircraft_sn: string }

/** Whether the topic rules are in force; `permissive` lets any known client say anything (scenarios that forge). */
export type TopicRules = 'enforced' | 'permissive'

const up = new Set<string>(upFamilies)
const down = new Set<string>(downFamilies)

/** Why `account` may not publish on `topic`; undefined when it may. */
export function refusePublish(account: Account, topic: string, rules: TopicRules): string | undefined {
  if (topic.startsWith('$')) return "topics that begin with $ are the broker's own"
  if (rules === 'permissive') return undefined
  const parsed = parseTopic(topic)
  if (parsed === undefined) return 'it is no topic of the DJI Cloud API'
  if (account.kind === 'platform')
    return down.has(parsed.family) ? undefined : 'the platform publishes on down topics only'
  if (!up.has(parsed.family)) return 'a device publishes on up topics only'
  return owns(account, parsed.sn)
    ? undefined
    : `a device publishes under its own serial numbers only, not under "${parsed.sn}"`
}

/** Why `account` may not subscribe to `filter`; undefined when it may. */
export function refuseSubscribe(account: Account, filter: string, rules: TopicRules): string | undefined {
  if (rules === 'permissive') return undefined
  if (account.kind === 'platform') {
    return /^(thing|sys)\/product\/[^#]/.test(filter)
      ? undefined
      : 'the platform reads thing/product/+/… and sys/product/+/… only'
  }
  const parsed = parseTopic(filter)
  if (parsed === undefined || !down.has(parsed.family)) return 'a device reads its own down topics only'
  return owns(account, parsed.sn)
    ? undefined
    : `a device reads under its own serial number only, not under "${parsed.sn}"`
}

/** The account as the tap names it. */
export function senderOf(account: Account): Sender {
  return account.kind === 'platform' ? account : { kind: 'dock', gateway_sn: account.gateway_sn }
}

function owns(account: Extract<Account, { kind: 'dock' }>, sn: string): boolean {
  return sn === account.gateway_sn || sn === account.aircraft_sn
}
