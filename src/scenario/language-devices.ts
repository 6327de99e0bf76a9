import type { Static } from 'typebox'
import { Type } from 'typebox'
import { QuirksSpec, SessionSpec, TimingSpec } from '../../simulator/index.ts'
import { ScriptByMethod } from './language-mqtt.ts'
import { closed } from './language-words.ts'

const Model = Type.String({
  'x-kind': 'model',
  'x-words': 'the id of a model',
  description: 'Model of the dock, such as dock2.',
})

const Aircraft = Type.String({
  'x-kind': 'aircraft',
  'x-words': 'the id of a model of aircraft',
  description: 'Model of its aircraft, such as m3td; by default the first that fits the dock.',
})

const Tags = Type.Array(Type.String({ minLength: 1 }), {
  'x-words': 'a list of texts',
  description: 'Words that rules of a fleet select the dock by.',
})

/** Properties that a device begins with. */
export const Initial = Type.Record(Type.String(), Type.Unknown(), {
  'x-words': 'an object with properties of the dock',
  description: 'Properties that it begins with; aircraft and aircraft_online for its aircraft.',
})

/** What may be said of a dock that is there already. */
const traits = {
  on: Type.Optional(ScriptByMethod),
  quirks: Type.Optional(QuirksSpec),
  timing: Type.Optional(TimingSpec),
  session: Type.Optional(SessionSpec),
  initial: Type.Optional(Initial),
}

/** What is said of a dock once, when it is made. */
const birth = {
  model: Type.Optional(Model),
  aircraft: Type.Optional(Aircraft),
  telemetry: Type.Optional(
    Type.Boolean({ description: 'true: it sends osd and state. Off unless asked for.' }),
  ),
  tags: Type.Optional(Tags),
}

const count = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 10_000,
    description: 'Makes NAME-1 … NAME-n of it; NAME stands for all of them.',
  }),
)

/** A device of a scenario. Without `on` it behaves like a real dock. */
export const DeviceSpec = Type.Object(
  {
    ...birth,
    online: Type.Optional(Type.Boolean({ description: 'false: it is not connected when the test begins.' })),
    ...traits,
    count,
  },
  {
    ...closed,
    'x-noun': 'device key',
    'x-words': 'an object that describes a device',
    description: 'A virtual dock.',
  },
)
export type DeviceSpec = Readonly<Omit<Static<typeof DeviceSpec>, 'count'>>

/** What a script says of one device that is there. */
export const ScriptedDevice = Type.Object(traits, {
  ...closed,
  'x-noun': 'device key',
  'x-words': 'an object that says what a device does',
  description: 'What a dock does.',
})
export type ScriptedDevice = Readonly<Static<typeof ScriptedDevice>>

const OneOrSeveral = (one: ReturnType<typeof Type.String>, words: string, description: string) =>
  Type.Optional(Type.Union([one, Type.Array(one, { minItems: 1 })], { 'x-words': words, description }))

const Percent = Type.String({
  pattern: String.raw`^(100(\.0+)?|\d{1,2}(\.\d+)?) ?%$`,
  'x-words': 'a share such as 10%',
})

/** Which docks of a fleet are meant; a dock has to fit all that is named, and nothing named means all. */
export const selection = {
  model: OneOrSeveral(Model, 'the id of a model, or a list of them', 'Only docks of this model.'),
  tag: OneOrSeveral(Type.String({ minLength: 1 }), 'a tag, or a list of them', 'Only docks with this tag.'),
  name: OneOrSeveral(
    Type.String({ minLength: 1 }),
    'a name in which * stands for any text, or a list of them',
    'Only docks whose name is like this: * stands for any text, ? for one character.',
  ),
  share: Type.Optional(
    Type.Union([Percent, Type.Number({ minimum: 0, maximum: 1 })], {
      'x-words': 'a share such as 10%, or a number from 0 to 1',
      description: 'Only this share of the docks that fit, drawn from the seed.',
      examples: ['10%', '50%'],
    }),
  ),
  seed: Type.Optional(Type.Integer({ description: 'Draws another share than a rule without it.' })),
}

/** A rule for some docks of a fleet. A rule that selects by nothing is for all. */
export const FleetRule = Type.Object(
  {
    ...selection,
    ...traits,
  },
  {
    ...closed,
    'x-noun': 'key of a fleet rule',
    'x-words': 'an object that says which docks do what',
    description: 'What some docks of the fleet do. A later rule goes before an earlier one.',
  },
)
export type FleetRule = Readonly<Static<typeof FleetRule>>

/** Words that choose docks of a fleet. */
export type Selection = Pick<FleetRule, keyof typeof selection>

/** Rules for a fleet. */
export const FleetRules = Type.Array(FleetRule, {
  'x-kind': 'fleet',
  'x-words': 'a list of rules',
  description:
    'Rules for many docks at once. A later rule goes before an earlier one, and what devices says before both.',
})

/** A device script: what `--script` and the control API take. */
export const ScriptFile = Type.Object(
  {
    fleet: Type.Optional(FleetRules),
    devices: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Union([Type.Null(), ScriptedDevice], { 'x-words': 'what a device does' }),
        {
          'x-words': 'an object from name to device',
          description: 'What single docks do, by name; "*" is every dock.',
        },
      ),
    ),
  },
  { ...closed, 'x-noun': 'key', 'x-words': 'an object with fleet and devices' },
)
export type ScriptFile = Readonly<Static<typeof ScriptFile>>

/** A script without `fleet` and `devices`: what devices do, by name. */
export const BareScript = Type.Record(
  Type.String(),
  Type.Union([Type.Null(), ScriptedDevice], { 'x-words': 'an object that says what a device does' }),
  { 'x-words': 'an object with fleet and devices' },
)

/** Devices that are to be added to a fleet: one, or `count` of the same kind. */
export const NewDevices = Type.Object(
  {
    count,
    name: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$',
        'x-words': 'letters, digits, - and _',
        description:
          'Name, which is the device id too; with count NAME-1 and so on. Default: the next drone-….',
      }),
    ),
    serial: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9]{4,32}$',
        'x-words': '4 to 32 letters and digits',
        description: 'Serial number of one device; drawn from the seed otherwise.',
      }),
    ),
    place: Type.Optional(
      Type.Object(
        {
          latitude: Type.Number({ minimum: -90, maximum: 90 }),
          longitude: Type.Number({ minimum: -180, maximum: 180 }),
        },
        {
          ...closed,
          'x-noun': 'key of place',
          'x-words': 'an object with latitude and longitude',
          description: 'Where it stands; several stand around this place.',
        },
      ),
    ),
    online: Type.Optional(Type.Boolean({ description: 'false: it is not connected at first.' })),
    ...birth,
    quirks: traits.quirks,
    timing: traits.timing,
    session: traits.session,
    initial: traits.initial,
  },
  { ...closed, 'x-noun': 'device key', 'x-words': 'an object that describes a device' },
)
export type NewDevices = Readonly<Static<typeof NewDevices>>
