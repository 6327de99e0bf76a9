import type * as FastCheck from 'fast-check'
import type { Finding } from '../../contracts/index.ts'
import { loadScenarioText, planTests } from '../scenario/index.ts'
import type { Act, Sequence } from './act.ts'
import { disturbsOthers } from './needs-of.ts'
import type { Hearing, Stage } from './play.ts'
import { breaks, hear, play } from './play.ts'
import { plainer } from './plainer.ts'
import type { ScenarioData } from './scenario-data.ts'
import { scenarioOf } from './scenario-of.ts'
import { tidy } from './tidy.ts'
import { writeScenario } from './write-scenario.ts'

/** Which sequence to make small, and the rule that it has to go on breaking. */
export interface ShrinkTerms {
  readonly fc: typeof FastCheck
  readonly arbitrary: FastCheck.Arbitrary<Sequence>
  /** What was seen when it was played first. */
  readonly finding: Finding
  readonly batchSeed: number
  readonly index: number
}

export interface Shrunk {
  readonly finding: Finding
  readonly scenario: string
  readonly state: 'verified' | 'unverified'
  readonly acts: readonly Act[]
}

/**
 * How many plays the two ways of making a scenario smaller may cost, and how many of the second are played side by side:
 * somebody waits for those in real time.
 */
const plays = {
  virtual: { acts: 400, scenario: 400, atOnce: 1 },
  real: { acts: 4, scenario: 160, atOnce: 24 },
} as const

/**
 * Makes a sequence small in two ways: fast-check shrinks the acts, then whatever is needless is taken out of the scenario, and
 * the rest is said as plainly as it can be.
 * Of every try the same rule has to be broken.
 */
export async function shrink(terms: ShrinkTerms, stage: Stage): Promise<Shrunk> {
  const { rule } = terms.finding
  const { target } = stage
  const most = plays[target.time]
  const sequence = await shrinkActs(terms, stage, most.acts)
  const fails = async (each: ScenarioData): Promise<boolean> =>
    breaks(await playText(writeScenario(each, rule), stage), rule)
  const data = scenarioOf(sequence, target.profile)
  const atOnce = target.kind === 'external' && disturbsOthers(data.steps) ? 1 : most.atOnce
  const small = await plainer(await tidy(data, fails, { most: most.scenario, atOnce }), fails)
  const attempts = [small, data].map((each) => writeScenario(each, rule))
  for (const scenario of attempts) {
    const finding = findingOf(await playText(scenario, stage), rule)
    if (finding !== undefined) return { finding, scenario, state: 'verified', acts: sequence.acts }
  }
  const again = findingOf(await play(data, stage), rule)
  if (again === undefined && target.time === 'virtual')
    throw new Error(`Bug: a sequence that broke ${rule} does so no more`)
  // In real time a gateway may err only now and then; what was seen once stands.
  const finding = again ?? terms.finding
  return { finding, scenario: attempts[1] ?? '', state: 'unverified', acts: sequence.acts }
}

async function shrinkActs(
  { fc, arbitrary, finding, batchSeed, index }: ShrinkTerms,
  stage: Stage,
  most: number,
): Promise<Sequence> {
  let smallest: Sequence | undefined
  let played = 0
  const property = fc.asyncProperty(arbitrary, async (sequence) => {
    // Whoever waits is served with what is small enough.
    if (played++ >= most) return true
    const data = scenarioOf(sequence, stage.target.profile)
    const isBroken = breaks(await play(data, stage), finding.rule)
    if (isBroken) smallest = sequence
    return !isBroken
  })
  await fc.check(property, { seed: batchSeed, path: String(index), numRuns: 1 })
  return (
    smallest ??
    fc.sample(arbitrary, { seed: batchSeed, path: String(index), numRuns: 1 })[0] ?? { docks: [], acts: [] }
  )
}

/** Loads a text as a file would be loaded, and runs it. */
export async function playText(text: string, stage: Stage): Promise<Hearing> {
  const { scenarios, problems } = await loadScenarioText('fuzz.yaml', text)
  const [problem] = problems
  if (problem !== undefined) return { kind: 'broken', code: problem.code, message: problem.message }
  const [test] = planTests(scenarios, { seed: stage.seed })
  return test === undefined
    ? { kind: 'broken', code: 'SCENARIO_NOT_FOUND', message: 'the text has no scenario' }
    : hear(test, stage)
}

function findingOf(hearing: Hearing, rule: string): Finding | undefined {
  return hearing.kind === 'heard' ? hearing.findings.find((finding) => finding.rule === rule) : undefined
}
