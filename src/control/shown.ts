import { Type } from 'typebox'

// What the control API answers, as its description has it; src/control/show-*.ts make it.

const Place = Type.Object({ latitude: Type.Number(), longitude: Type.Number() })
const Names = Type.Array(Type.String(), { description: 'Names of devices.' })

const Aircraft = Type.Object({
  aircraft_sn: Type.String(),
  model: Type.String(),
  online: Type.Boolean({ description: 'Whether it is switched on and linked.' }),
  mode_code: Type.Integer(),
  place: Place,
  elevation: Type.Number({ description: 'Metres above the dock.' }),
  flying: Type.Boolean(),
})

/** A device. */
export const ShownDevice = Type.Object({
  device_id: Type.String(),
  gateway_sn: Type.String(),
  model: Type.String(),
  tags: Type.Array(Type.String()),
  online: Type.Boolean({ description: 'Whether it is connected and talks.' }),
  mode_code: Type.Integer({
    description: '0 idle, 1 debugging on site, 2 remote debugging, 3 upgrading, 4 working.',
  }),
  drone_in_dock: Type.Boolean(),
  cover_state: Type.Integer({ description: '0 closed, 1 open, 2 half open, 3 abnormal.' }),
  battery_percent: Type.Number({ description: "Charge of the aircraft's battery." }),
  place: Place,
  job: Type.Union([Type.String(), Type.Null()], { description: 'Method of the job that it is busy with.' }),
  aircraft: Type.Union([Aircraft, Type.Null()]),
  scripts: Type.Array(Type.String(), {
    description: 'Ids of the scripts that it follows; the first is asked first.',
  }),
})

/** A list of devices. */
export const DeviceList = Type.Object({
  total: Type.Integer(),
  offset: Type.Integer(),
  devices: Type.Array(ShownDevice),
})

/** Whom an action was for. */
export const Acted = Type.Object({ action: Type.String(), devices: Names })

/** A script in force. */
export const Script = Type.Object({
  id: Type.String(),
  source: Type.String({ description: 'Where it came from: a file, library, control.' }),
  devices: Names,
  script: Type.Object({}, { description: 'As it was sent.' }),
})

/** Scripts in force. */
export const ScriptList = Type.Object({ scripts: Type.Array(Script) })

/** Messages that the broker heard. */
export const FrameList = Type.Object({
  frames: Type.Array(
    Type.Object({
      at: Type.Number({ description: 'Milliseconds since the epoch.' }),
      seq: Type.Integer(),
      from: Type.String(),
      topic: Type.String(),
      device: Type.Optional(Type.String()),
      payload: Type.String({ description: 'As text; secrets in it are hidden.' }),
      qos: Type.Integer(),
      retain: Type.Boolean(),
      refused: Type.Optional(Type.String({ description: 'Why the broker did not take it.' })),
    }),
  ),
})

/** What runs. */
export const Overview = Type.Object({
  version: Type.String(),
  seed: Type.Integer(),
  http: Type.String({ description: 'Where the gateway is.' }),
  mqtt: Type.String({ description: 'Where the broker is.' }),
  devices: Type.Integer(),
  online: Type.Integer(),
  scripts: Type.Integer(),
  findings: Type.Integer(),
  paths: Type.Array(Type.String(), { description: 'What there is.' }),
})

/** Every refusal. */
export const Refusal = Type.Object({
  code: Type.String(),
  message: Type.String(),
  problems: Type.Optional(
    Type.Array(
      Type.Object({
        line: Type.Integer(),
        column: Type.Integer(),
        message: Type.String(),
        expected: Type.Optional(Type.String()),
        suggestion: Type.Optional(Type.String()),
      }),
      { description: 'Where the body is wrong; lines and columns count from 1.' },
    ),
  ),
})
