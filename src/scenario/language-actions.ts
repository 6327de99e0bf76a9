import type { Static } from 'typebox'
import { Type } from 'typebox'
import { Initial, selection } from './language-devices.ts'
import { closed } from './language-words.ts'

const how = Type.Optional(
  Type.Enum(['clean', 'cut', 'silent'], {
    'x-noun': 'way to disconnect',
    description:
      'clean (default): says goodbye. cut: the connection breaks. silent: the link is gone without a goodbye, nobody is told.',
  }),
)

/** How a dock leaves; `clean` unless it is said. */
export const Leave = Type.Object(
  { how },
  { ...closed, 'x-noun': 'key', 'x-words': 'an object with how', description: 'How a dock leaves.' },
)
export type Leave = Readonly<Static<typeof Leave>>

/** What may be done to docks. */
export const actionWords = ['connect', 'disconnect', 'reboot', 'set', 'remove'] as const

/** What is done to all docks of a selection. */
export const DeviceAction = Type.Object(
  {
    action: Type.Enum([...actionWords], {
      'x-noun': 'action',
      description: 'What is done to each dock, as the routes of a single one do it.',
    }),
    ...selection,
    how,
    state: Type.Optional({ ...Initial, description: 'Of set: the properties that the docks get.' }),
  },
  {
    ...closed,
    'x-kind': 'action',
    'x-noun': 'key',
    'x-words': 'an object with an action, and which docks it is for',
    description:
      'An action, and which docks it is for: those that a rule of the same words is for. Without such words it is for all.',
  },
)
export type DeviceAction = Readonly<Static<typeof DeviceAction>>
