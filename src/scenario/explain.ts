import { findRule, weakestLevel } from '../../contracts/index.ts'
import { explainDevices, explainFleet } from './explain-devices.ts'
import { explainStep } from './explain-step.ts'
import type { LoadedScenario, LoadedStep } from './loaded.ts'
import type { PlannedStep, PlannedTest } from './planned.ts'

/** Says in plain English what a scenario, or one test of it, does and proves; several lines, without a last line break. */
export function explain(subject: LoadedScenario | PlannedTest): string {
  return ('ref' in subject ? explainTest(subject) : explainScenario(subject)).join('\n')
}

function explainScenario(scenario: LoadedScenario): readonly string[] {
  const rows = scenario.examples.map(({ name, line, proves }) => {
    const own = proves === undefined ? '' : `, proves ${proves.join(', ')} instead`
    return `  - ${name} (line ${line}${own})`
  })
  return [
    sentence(scenario.scenario),
    `  ${scenario.file}:${scenario.line}`,
    ...explainRules(scenario.proves),
    ...explainTerms(scenario),
    ...explainDevices(scenario.devices),
    ...explainFleet(scenario.fleet),
    ...section('Steps', steps(scenario.steps, '  ')),
    ...section(`Examples (${rows.length}, a test each)`, rows),
  ]
}

function explainTest(test: PlannedTest): readonly string[] {
  const { ref } = test
  const example = ref.example === undefined ? '' : ` (example "${ref.example}")`
  const fields = Object.entries(test.example).filter(([name]) => name !== 'name' && name !== 'proves')
  return [
    sentence(ref.scenario) + example,
    `  ${ref.file}:${ref.line}`,
    ...explainRules(ref.proves),
    ...explainTerms(test),
    ...section(
      'Example',
      fields.map(([name, value]) => `  - ${name}: ${JSON.stringify(value)}`),
    ),
    ...explainDevices(test.devices),
    ...explainFleet(test.fleet),
    ...section('Steps', steps(test.steps, '  ')),
    '',
    `It takes about ${test.estimateMs / 1000} s of scenario time${test.long ? ', so in real time it runs only with --long' : ''}.`,
  ]
}

function explainRules(ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return ['', 'It proves no rule of the contract.']
  const lines = ids.map((id) => {
    const rule = findRule(id)
    return rule === undefined
      ? `  - ${id}`
      : `  - ${id} (${rule.level}, source: ${rule.source}): ${rule.statement}`
  })
  return section(`Proves, at the level "${weakestLevel(ids)}"`, lines)
}

/** What a target needs for it, and what else is special. */
function explainTerms(subject: LoadedScenario | PlannedTest): readonly string[] {
  const allowed = Object.entries(subject.allow).map(
    ([rule, reason]) => `  - findings of ${rule} are allowed: ${reason}`,
  )
  return section('Terms', [
    ...(subject.needs.length === 0
      ? []
      : [`  - the target has to declare ${subject.needs.join(', ')}; else it is skipped`]),
    ...(subject.only === undefined ? [] : [`  - runs on ${onlyWords[subject.only]} only`]),
    ...(subject.exclusive ? ['  - runs alone on an external gateway'] : []),
    ...(subject.timeoutMs === undefined ? [] : [`  - is given up after ${subject.timeoutMs / 1000} s`]),
    ...allowed,
  ])
}

const onlyWords = { reference: 'the bundled gateway', external: 'external gateways' } as const

function steps(list: readonly (LoadedStep | PlannedStep)[], indent: string): readonly string[] {
  return list.flatMap((step) => {
    const nested = step.children ?? []
    const inner = nested.flatMap((branch, position) => {
      const head = step.verb === 'parallel' && nested.length > 1 ? [`${indent}  branch ${position + 1}:`] : []
      return [...head, ...steps(branch, `${indent}${head.length > 0 ? '    ' : '  '}`)]
    })
    const note = step.options['note']
    const remark = typeof note === 'string' ? [`${indent}   (${note})`] : []
    return [`${indent}${step.path}. ${explainStep(step)}`, ...remark, ...inner]
  })
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines]
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
