import type { Static } from 'typebox'
import { Type } from 'typebox'

/** How a dock leaves; `clean` unless it is said. */
export const Leave = Type.Object(
  {
    how: Type.Optional(
      Type.Enum(['clean', 'cut', 'silent'], {
        'x-noun': 'way to disconnect',
        description:
          'clean: says goodbye. cut: the connection breaks. silent: the link is gone without a goodbye, nobody is told.',
      }),
    ),
  },
  { additionalProperties: false, 'x-noun': 'key', 'x-words': 'an object with how' },
)
export type Leave = Readonly<Static<typeof Leave>>
