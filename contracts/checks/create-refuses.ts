import type { Fault } from '../create-request.ts'
import { isAccepted } from '../heard-exchange.ts'
import type { History } from '../history.ts'
import { levels } from '../finding.ts'
import { levelOf } from '../terms.ts'
import { oncePer } from '../once-per.ts'
import type { AnswerCase, AnswerCheck } from './check.ts'
import { rule, seqOf, shown, shownAnswer } from './check.ts'
import type { CreateFacts } from './create.ts'
import { createFacts, isInconclusive } from './create.ts'

/** The faults of a create that is sealed well, the most binding first; none where its answer says nothing. */
export const faultsOf = oncePer((of: AnswerCase, history: History): readonly Fault[] => {
  const facts = createFacts(of, history)
  if (facts === undefined || isInconclusive(of, history) || of.answer.status === 401) return []
  const faults = [...facts.reading.faults, ...deviceFaults(facts, history)]
  return faults.sort((left, right) => rank(left) - rank(right))
})

function rank(fault: Fault): number {
  return levels.indexOf(levelOf(fault.rule))
}

function deviceFaults({ reading }: CreateFacts, history: History): readonly Fault[] {
  const device = reading.body?.['device_id']
  if (typeof device !== 'string' || device === '' || history.dockOf(device) !== undefined) return []
  return [{ rule: 'create-refuses-device', status: 404, codes: ['DEVICE_NOT_FOUND'] }]
}

/** With several faults any of them may be named; only the most binding one is spoken of when the request passes. */
function refuses(id: string): AnswerCheck {
  return {
    rule: id,
    check(of, history) {
      const faults = faultsOf(of, history)
      const [first] = faults
      if (first?.rule !== id) return undefined
      const { answer, heard } = of
      const isRefused = faults.length === 1 && !isDoubtful(of) ? fits(first, of) : !isAccepted(answer)
      return rule(isRefused, () => ({
        seen: `the request was answered with ${shownAnswer(answer)}`,
        due: dueOf(first),
        evidence: [seqOf(heard)],
      }))
    },
  }
}

function isDoubtful({ heard }: AnswerCase): boolean {
  return heard.call.kind === 'create' && heard.call.reading.doubt !== undefined
}

function fits(fault: Fault, { answer }: AnswerCase): boolean {
  const { status, codes, pointers } = fault
  if (answer.status !== status) return false
  if (codes.length > 0 && !codes.includes(answer.code ?? '')) return false
  // Long lists of problems may be cut.
  return answer.text.includes(pointers?.[0] ?? '')
}

function dueOf({ status, codes, pointers }: Fault): string {
  const named = pointers === undefined ? '' : `, its message naming ${shown(pointers[0])}`
  return `${status} ${codes.join(' or ')}`.trimEnd() + named
}

export const refusalRules = [
  'create-refuses-missing',
  'create-refuses-payload',
  'create-refuses-timeout',
  'create-refuses-types',
  'create-refuses-empty',
  'create-refuses-vendor',
  'create-refuses-command',
  'create-refuses-device',
  'create-refuses-json',
  'create-refuses-unknown-fields',
  'create-checks-payload',
  'method-not-offered-refused',
] as const

export const refusalChecks: readonly AnswerCheck[] = refusalRules.map(refuses)
