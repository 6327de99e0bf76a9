import type { TSchema } from 'typebox'
import { Type } from 'typebox'
import { BehaviorSpec } from '../../simulator/index.ts'
import type { Definition } from './check.ts'
import { DeviceSpec, FleetRules } from './language-devices.ts'
import { RepeatBody } from './language-verbs.ts'
import { closed, Plain, Span } from './language-words.ts'

const ruleIds = (description: string): ReturnType<typeof ruleList> => ruleList(description)

function ruleList(description: string) {
  const id = Plain(Type.String({ 'x-kind': 'rule', 'x-words': 'the id of a rule' }))
  return Plain(Type.Array(id, { minItems: 1, 'x-words': 'a list of rule ids', description }))
}

/** A row of `examples`: a name, its own `proves`, and any fields. */
export const ExampleRow = Type.Object(
  {
    name: Plain(
      Type.String({ minLength: 1, 'x-words': 'a text', description: 'Name of the row in every report.' }),
    ),
    proves: Type.Optional(ruleIds('Replaces the proves of the file for this row.')),
  },
  { 'x-noun': 'field', description: 'A test of its own; ${example.FIELD} is its field.' },
)

/** Definition of a whole scenario file: the loader, the types and the published schema come from it. */
export const ScenarioFile = Type.Object(
  {
    scenario: Plain(
      Type.String({
        minLength: 1,
        'x-words': 'a sentence',
        description: 'The sentence that the scenario proves; the name of the file is the same in kebab-case.',
      }),
    ),
    proves: Type.Optional(
      ruleIds('Ids of the rules that it proves. The test runs at the weakest level among them.'),
    ),
    needs: Type.Optional(
      Plain(
        Type.Array(Plain(Type.String({ 'x-kind': 'capability', 'x-words': 'a capability' })), {
          'x-words': 'a list of capabilities',
          description: 'What the target must declare; else the test is skipped, with the reason.',
        }),
      ),
    ),
    only: Type.Optional(
      Plain(
        Type.Enum(['reference', 'external'], {
          'x-noun': 'target',
          enumDescriptions: ['The bundled gateway.', "Somebody else's gateway."],
          description: 'Runs only on this kind of target.',
        }),
      ),
    ),
    allow: Type.Optional(
      Plain(
        Type.Record(Type.String(), Plain(Type.String({ 'x-words': 'a reason' })), {
          'x-kind': 'allow',
          'x-words': 'an object from rule id to reason',
          description: 'Findings of the judge that this scenario provokes: rule id to reason.',
        }),
      ),
    ),
    exclusive: Type.Optional(
      Plain(Type.Boolean({ description: 'true: runs alone on an external gateway.' })),
    ),
    tags: Type.Optional(
      Plain(
        Type.Array(Plain(Type.String()), {
          'x-words': 'a list of texts',
          description: 'Words to select scenarios by.',
        }),
      ),
    ),
    timeout: Type.Optional(Plain(Span('Scenario time after which the test is given up.'))),
    seed: Type.Optional(Plain(Type.Integer({ description: 'Seed of all that is drawn; 1 unless given.' }))),
    examples: Type.Optional(
      Type.Array(Type.Unsafe<Readonly<Record<string, unknown>>>({ ...ExampleRow }), {
        minItems: 1,
        'x-kind': 'examples',
        'x-own': true,
        'x-words': 'a list of rows',
        description: 'A table; each row is a test of its own.',
      }),
    ),
    devices: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Union([Type.Null(), DeviceSpec], { 'x-words': 'an object that describes a device' }),
        {
          'x-kind': 'devices',
          'x-words': 'an object from name to device',
          description: 'The virtual docks of the scenario, by name.',
        },
      ),
    ),
    fleet: Type.Optional(FleetRules),
    steps: Type.Array(Type.Unsafe<unknown>({ $ref: '#/definitions/step' }), {
      minItems: 1,
      'x-words': 'a list of steps',
      description: 'What happens, in order: exactly one verb a step.',
    }),
  },
  {
    ...closed,
    'x-noun': 'key',
    'x-words': 'an object with scenario and steps',
    description: 'One scenario, or one scenario with a table of examples.',
  },
)

/** What `$ref` refers to within the definitions. */
export const definitions: Readonly<Record<string, Definition | TSchema>> = {
  behavior: BehaviorSpec,
  repeat: RepeatBody,
  step: { type: 'object', 'x-kind': 'step', 'x-own': true, 'x-words': 'a step with one verb' },
}
