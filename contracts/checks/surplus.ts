import type { Sending } from '../command-record.ts'
import type { History, KeyUse } from '../history.ts'
import { blur } from '../terms.ts'
import type { Breach, GroupCheck } from './check.ts'
import { seqOf, shown } from './check.ts'
import { faultsOf } from './create-refuses.ts'

/** Who is to blame for a message that no command explains: the request that was under way, or nobody in particular. */
interface Culprit {
  readonly rule: string
  readonly evidence: readonly number[]
}

/** How long after a request its message may be expected, in milliseconds; a repetition by the gateway itself comes later. */
const soon_ms = 1_000

function culpritOf(sending: Sending, history: History): Culprit | undefined {
  for (const uses of history.keys.values()) {
    for (const use of uses) {
      if (!isSuspect(use, sending, history)) continue
      const rule = ruleOf(use, uses, history)
      if (rule !== undefined) return { rule, evidence: [seqOf(use.heard), sending.seq] }
    }
  }
  return undefined
}

/** A request for the same dock and method, just before the message. */
function isSuspect({ heard }: KeyUse, sending: Sending, history: History): boolean {
  const { exchange, call } = heard
  const body = call.kind === 'create' ? call.reading.body : undefined
  if (body?.['command_type'] !== sending.method || history.dockOf(body['device_id']) !== sending.gateway_sn)
    return false
  return exchange.seqSent < sending.seq && sending.at <= exchange.doneAt + soon_ms + blur(history.options)
}

function ruleOf(use: KeyUse, uses: readonly KeyUse[], history: History): string | undefined {
  const { heard, command_id } = use
  const { answer, exchange } = heard
  const first = uses.find((other) => other.command_id === command_id)
  if (command_id !== undefined) {
    if (first === undefined || first === use) return undefined
    const isAfter = first.heard.exchange.seqDone < exchange.seqSent
    return isAfter ? 'create-replay-same-command' : 'create-replay-simultaneous'
  }
  if (answer === undefined || answer.status < 400 || answer.status >= 500) return undefined
  if (answer.status === 409 && answer.code === 'IDEMPOTENCY_CONFLICT') return 'create-conflict'
  const [fault] = faultsOf({ heard, answer, seal: use.seal }, history)
  return fault?.rule ?? sealRules[use.seal]
}

const sealRules: Readonly<Partial<Record<KeyUse['seal'], string>>> = {
  unsigned: 'sign-requires',
  tampered: 'sign-refuses',
  expired: 'sign-window',
  replayed: 'sign-nonce',
}

function blames(id: string): GroupCheck {
  return {
    rule: id,
    check(of, history) {
      return of.surplus.flatMap((sending): readonly Breach[] => {
        const culprit = culpritOf(sending, history) ?? { rule: 'one-publish', evidence: [sending.seq] }
        if (culprit.rule !== id || isExcused(sending, id, history)) return []
        return [
          {
            seen: `a message with the tid ${shown(sending.tid)} that no accepted command explains`,
            due:
              id.startsWith('create-replay') || id === 'one-publish'
                ? 'one message per command'
                : 'nothing sent',
            evidence: culprit.evidence,
          },
        ]
      })
    },
  }
}

/** Somebody else's command, from before the judge listened or under a credential that it does not see, explains a message as well. */
function isExcused({ method, gateway_sn, at }: Sending, id: string, history: History): boolean {
  const group = history.group(gateway_sn, method)
  if (group.commands.length === 0 && id === 'one-publish') return true
  return id !== 'one-publish' && !history.rig.isCalm(at, at)
}

export const surplusChecks: readonly GroupCheck[] = [
  'create-replay-same-command',
  'create-replay-simultaneous',
  'create-conflict',
  'create-refuses-missing',
  'create-refuses-payload',
  'create-refuses-timeout',
  'create-refuses-types',
  'create-refuses-empty',
  'create-refuses-vendor',
  'create-refuses-unknown-fields',
  'create-checks-payload',
  'method-not-offered-refused',
  'sign-requires',
  'sign-refuses',
  'sign-window',
  'sign-nonce',
  'one-publish',
].map(blames)
