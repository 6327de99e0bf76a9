import type { Behavior, DockView, Effect, Plan, Stage, Utterance } from './behavior.ts'

/** What a quirky dock does differently; every trait may be combined with others. */
export interface Quirk {
  readonly description: string
  /** Added to whatever the dock does first, in milliseconds. */
  readonly lateMs?: number
  /** Share of commands, 0 to 1, at which the line breaks before the answer. */
  readonly dropsLine?: number
  /** How often each answer is sent. */
  readonly answers?: number
  /** Each answer after the first has a tid that nobody asked for, as when a device repeats itself on its own account. */
  readonly repeatsUnder?: 'same tid' | 'new tid'
}

/** Docks as they are met in the field; the numbers are our choice. */
export const quirks = {
  'slow-dock': { description: 'Answers four seconds late.', lateMs: 4_000 },
  'flaky-link': { description: 'Loses its line before every third answer.', dropsLine: 1 / 3 },
  'answers-twice': { description: 'Sends every answer twice.', answers: 2, repeatsUnder: 'same tid' },
  'retries-with-new-tid': {
    description: 'Sends every answer again, under a tid that nobody asked for.',
    answers: 2,
    repeatsUnder: 'new tid',
  },
} as const satisfies Readonly<Record<string, Quirk>>

export type QuirkName = keyof typeof quirks

/** Names of the quirks that are known. */
export const quirkNames = Object.keys(quirks) as readonly QuirkName[]

/** Several quirks as one: delays add up, of the rest the later one counts. None of them is a dock like others. */
export function combineQuirks(names: readonly QuirkName[]): Quirk {
  return names
    .map((name): Quirk => quirks[name])
    .reduce((all, next) => ({ ...all, ...next, ...both(all, next) }), { description: '' })
}

function both(first: Quirk, second: Quirk): Pick<Quirk, 'description' | 'lateMs'> {
  return {
    description: `${first.description} ${second.description}`.trim(),
    lateMs: (first.lateMs ?? 0) + (second.lateMs ?? 0),
  }
}

/** A behaviour to put in front of the others: the dock does what they say, in its own way. */
export function quirkBehavior(quirk: Quirk, others: readonly Behavior[]): Behavior {
  return {
    name: 'quirk',
    answer(request, dock) {
      if (request.family !== 'services') return undefined
      for (const behavior of others) {
        const plan = behavior.answer(request, dock)
        if (plan !== undefined) return quirky(plan, quirk, dock)
      }
      return undefined
    },
  }
}

/** Only the first moment of a plan is odd: what follows a late answer is late by itself. */
function* quirky(plan: Plan, quirk: Quirk, dock: DockView): Generator<Stage> {
  let isFirst = true
  for (const stage of plan) {
    yield isFirst ? oddly(stage, quirk, dock) : stage
    isFirst = false
  }
}

function oddly(
  stage: Stage,
  { lateMs = 0, dropsLine = 0, answers = 1, repeatsUnder }: Quirk,
  dock: DockView,
): Stage {
  const drop: readonly Effect[] = dropsLine > 0 && dock.random() < dropsLine ? [{ kind: 'dropLine' }] : []
  const effects = stage.effects.flatMap((effect) =>
    effect.kind === 'say'
      ? Array.from({ length: answers }, (_, number) =>
          number > 0 && repeatsUnder === 'new tid' ? underNewTid(effect, dock) : effect,
        )
      : [effect],
  )
  return { ...stage, delayMs: stage.delayMs + lateMs, effects: [...drop, ...effects] }
}

function underNewTid(effect: Extract<Effect, { kind: 'say' }>, dock: DockView): Effect {
  return {
    kind: 'say',
    message: (): Utterance => {
      const said = effect.message()
      if (said.payload instanceof Uint8Array) return said
      return { ...said, payload: { ...said.payload, tid: dock.newId() } }
    },
  }
}
