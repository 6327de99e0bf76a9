import type { TObject, TSchema } from 'typebox'
import { Type } from 'typebox'
import { DeviceAction, Initial, Leave, NewDevices, ScriptFile } from '../scenario/index.ts'
import type { ControlStatus } from './control-error.ts'
import { Acted, DeviceList, FrameList, Overview, Script, ScriptList, ShownDevice } from './shown.ts'
import { eventKinds } from './event-kinds.ts'

/** One route of the control API: what it takes and what it answers. Bodies and queries are checked by it, and described. */
export interface RouteDefinition {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `:name` stands for a part of it. */
  readonly path: string
  readonly summary: string
  readonly query?: TObject
  readonly body?: TSchema
  readonly answer: Answer
  /** Why it may refuse, beside what every route may. */
  readonly refusals?: readonly ControlStatus[]
}

/** What a route answers when all is well. */
export interface Answer {
  readonly status: 200 | 201 | 202 | 204
  readonly description: string
  /** Of JSON; nothing is answered without. */
  readonly schema?: TSchema
  /** Of text that is no JSON. */
  readonly media?: 'text/event-stream'
}

const whole = (otherwise: number, description: string) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum: 999_999, default: otherwise, description }))

const oneDevice: Answer = { status: 200, description: 'The device as it is now.', schema: ShownDevice }

/** Everything that the control API has, by the name of the operation. */
export const routes = {
  overview: {
    method: 'GET',
    path: '/',
    summary: 'What runs here, and what there is',
    answer: { status: 200, description: 'Addresses and numbers.', schema: Overview },
  },
  openApi: {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This description',
    answer: { status: 200, description: 'OpenAPI 3.1.', schema: Type.Object({}) },
  },
  listDevices: {
    method: 'GET',
    path: '/devices',
    summary: 'List devices',
    query: Type.Object({
      model: Type.Optional(Type.String({ description: 'Only devices of this model.' })),
      tag: Type.Optional(Type.String({ description: 'Only devices with this tag.' })),
      online: Type.Optional(Type.Boolean({ description: 'Only devices that are on line, or off.' })),
      offset: whole(0, 'How many are left out at the beginning.'),
      limit: whole(100, 'How many are shown at most.'),
    }),
    answer: { status: 200, description: 'The devices that fit, and how many.', schema: DeviceList },
  },
  addDevices: {
    method: 'POST',
    path: '/devices',
    summary: 'Make devices and connect them',
    body: NewDevices,
    answer: {
      status: 201,
      description: 'The new devices.',
      schema: Type.Object({ devices: Type.Array(ShownDevice) }),
    },
  },
  actOnDevices: {
    method: 'POST',
    path: '/devices/actions',
    summary: 'Do something to many devices',
    body: DeviceAction,
    answer: {
      status: 200,
      description: 'Whom it was done to. A reboot has begun, and takes its time.',
      schema: Acted,
    },
  },
  readDevice: {
    method: 'GET',
    path: '/devices/:name',
    summary: 'Read a device',
    answer: oneDevice,
    refusals: [404],
  },
  removeDevice: {
    method: 'DELETE',
    path: '/devices/:name',
    summary: 'Take a device away',
    answer: { status: 204, description: 'It said goodbye, and the gateway does not know it any more.' },
    refusals: [404],
  },
  setState: {
    method: 'PATCH',
    path: '/devices/:name/state',
    summary: 'Give a device other properties',
    body: Initial,
    answer: oneDevice,
    refusals: [404],
  },
  connectDevice: {
    method: 'POST',
    path: '/devices/:name/connect',
    summary: 'Connect a device',
    answer: oneDevice,
    refusals: [404],
  },
  disconnectDevice: {
    method: 'POST',
    path: '/devices/:name/disconnect',
    summary: 'Let a device leave',
    body: Leave,
    answer: oneDevice,
    refusals: [404],
  },
  rebootDevice: {
    method: 'POST',
    path: '/devices/:name/reboot',
    summary: 'Reboot a device',
    answer: { ...oneDevice, status: 202, description: 'The reboot has begun; events say when it is over.' },
    refusals: [404],
  },
  listFrames: {
    method: 'GET',
    path: '/devices/:name/frames',
    summary: 'List the last messages on the topics of a device',
    query: Type.Object({ limit: whole(50, 'How many are shown at most.') }),
    answer: { status: 200, description: 'Messages, oldest first.', schema: FrameList },
    refusals: [404],
  },
  listScripts: {
    method: 'GET',
    path: '/scripts',
    summary: 'List the scripts in force',
    answer: {
      status: 200,
      description: 'Scripts; the newest, which is asked first, at the beginning.',
      schema: ScriptList,
    },
  },
  addScript: {
    method: 'POST',
    path: '/scripts',
    summary: 'Put a script before all others',
    body: ScriptFile,
    answer: { status: 201, description: 'The script in force.', schema: Script },
    refusals: [404],
  },
  readScript: {
    method: 'GET',
    path: '/scripts/:id',
    summary: 'Read a script',
    answer: { status: 200, description: 'The script.', schema: Script },
    refusals: [404],
  },
  replaceScript: {
    method: 'PUT',
    path: '/scripts/:id',
    summary: 'Put another script in its stead, before all others',
    body: ScriptFile,
    answer: { status: 200, description: 'The script in force.', schema: Script },
    refusals: [404],
  },
  removeScript: {
    method: 'DELETE',
    path: '/scripts/:id',
    summary: 'Take a script back',
    answer: { status: 204, description: 'It is not in force any more; properties that it gave stay.' },
    refusals: [404],
  },
  hearEvents: {
    method: 'GET',
    path: '/events',
    summary: 'Hear what happens',
    query: Type.Object({
      kind: Type.Optional(
        Type.Array(Type.Enum([...eventKinds], { 'x-noun': 'kind of event' }), {
          description: 'Only events of these kinds.',
        }),
      ),
      device: Type.Optional(Type.Array(Type.String(), { description: 'Only events about these devices.' })),
      since: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 999_999_999_999_999,
          description: 'First what was missed after this event; Last-Event-ID goes before it.',
        }),
      ),
    }),
    answer: { status: 200, description: 'Server-sent events.', media: 'text/event-stream' },
    refusals: [429],
  },
} as const satisfies Readonly<Record<string, RouteDefinition>>
