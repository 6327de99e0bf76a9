import type { Static } from 'typebox'
import { Type } from 'typebox'
import { parseDuration } from './duration.ts'
import { Span } from './script-spec.ts'
import { quirkNames } from './quirks.ts'
import type { Timing } from './timing.ts'

const closed = { additionalProperties: false } as const

const span = (description: string): ReturnType<typeof optional> => optional(description)

function optional(description: string) {
  return Type.Optional({ ...Span, description })
}

const QuirkWord = Type.Enum([...quirkNames], { 'x-noun': 'quirk' })

/** In what way a dock is unlike others: one quirk or several. */
export const QuirksSpec = Type.Union([QuirkWord, Type.Array(QuirkWord)], {
  'x-words': `a quirk or a list of quirks: ${quirkNames.join(', ')}`,
  description: `In what way the dock is unlike others: ${quirkNames.join(', ')}. What a script says goes before it.`,
})
export type QuirksSpec = Static<typeof QuirksSpec>

/** How a dock begins with a cloud. */
export const SessionSpec = Type.Enum(['short', 'full'], {
  'x-noun': 'kind of session',
  description:
    'full: asks for configuration and binding before it announces itself. short (default): announces itself at once.',
})

/** How long things take, by their names without the unit. */
export const TimingSpec = Type.Object(
  {
    step: span('A step of a job that is not named in steps.'),
    steps: Type.Optional(
      Type.Record(Type.String(), Span, {
        description: 'Steps of jobs, by step_key.',
        'x-words': 'an object from step_key to duration',
      }),
    ),
    percent: span('Between two reports of a job that tells percent only.'),
    job: span('A job that tells its status only.'),
    reboot: span('How long a dock that reboots is away.'),
    air_conditioner: span('Preparing, and leaving, a mode of the air conditioner.'),
    answer: span('How long a dock waits for an answer of the cloud.'),
    osd: span('Between two messages of osd.'),
    task_step: span('Each step of a flight task on the ground.'),
    climb: span('Take-off and landing.'),
    leg: span('Between two waypoints.'),
    progress: span('Between two progress messages in flight.'),
    drc_silence: span('Without a heartbeat for so long a dock leaves the drc mode.'),
    heart_beat: span('Between two heartbeats of the dock.'),
  },
  {
    ...closed,
    'x-noun': 'timing key',
    'x-words': 'an object from what takes time to a duration',
    description: 'How long things take on the dock, where that differs from other docks.',
  },
)
export type TimingSpec = Readonly<Static<typeof TimingSpec>>

/** Names that `timing` takes beside `steps`. */
export const timingNames = Object.keys(TimingSpec.properties).filter((name) => name !== 'steps')

/** The durations that a `timing` names, in milliseconds. */
export function readTiming({ steps, ...spans }: TimingSpec): Partial<Timing> {
  const named = Object.entries(spans).map(([name, text]) => [fieldOf(name), parseDuration(text)])
  const each = Object.entries(steps ?? {}).map(([step, text]) => [step, parseDuration(text)])
  return {
    ...(Object.fromEntries(named) as Partial<Timing>),
    ...(steps === undefined ? {} : { steps: Object.fromEntries(each) as Record<string, number> }),
  }
}

/** `air_conditioner` is `airConditionerMs`. */
function fieldOf(name: string): string {
  return `${name.replaceAll(/_([a-z])/g, (_underscore, letter: string) => letter.toUpperCase())}Ms`
}
