import { stringify } from 'yaml'
import type { Method } from '../contracts/index.ts'
import { fullPayload, wrongPayloads } from './method-payloads.ts'

/**
 * The text of a scenario that tries one method of the catalogue whole: its example and its fullest payload reach the dock
 * unchanged and end as SUCCEEDED; a payload that breaks a constraint is refused, with the place, and never sent. A method
 * that is not offered is refused in any form. Knows nothing of how scenarios are run.
 */
export function methodScenario(method: Method): string {
  return stringify(method.offered ? offeredScenario(method) : otherScenario(method), {
    aliasDuplicateObjects: false,
    lineWidth: 0,
  })
}

/** The file that the scenario of a method would be in; there is none on disk, and never will be: scenario files end in .yaml. */
export function methodScenarioFile({ domain, name }: Method): string {
  return `${root}${domain}/${name}`
}

/** Whether a file's name is that of a method's scenario. */
export function isMethodScenario(file: string): boolean {
  return file.startsWith(root)
}

const root = 'methods:'

type Step = Readonly<Record<string, unknown>>

const dock = 'drone-001'

function offeredScenario(method: Method): Step {
  const { name } = method
  const wrong = wrongPayloads(method)
  return {
    scenario: `${name} is carried when it is right and refused when it is not`,
    // rule: method-reaches-dock, mqtt-payload, create-checks-payload
    proves: ['method-reaches-dock', 'mqtt-payload', 'create-checks-payload'],
    needs: [`method:${name}`],
    tags: ['method', method.domain],
    devices: { [dock]: { on: { [name]: { reply: { result: 0 } } } } },
    steps: [
      ...carried(name, method.example, 'small'),
      ...carried(name, fullPayload(method), 'full'),
      ...wrong.map(({ constraint, pointer, payload }) => ({
        send: { device_id: dock, command_type: name, payload },
        expect: {
          http: 400,
          // the place ends where the message says what is wrong with it
          body: {
            code: 'VALIDATION_FAILED',
            message: { $regex: `(^|; )${escaped(`/payload${pointer}`)}[: ]` },
          },
        },
        note: constraint,
      })),
      ...fence(name, method.example, 3),
    ],
  }
}

function otherScenario({ name, domain, example }: Method): Step {
  return {
    scenario: `${name} is not offered and refused`,
    proves: ['method-not-offered-refused'], // rule: method-not-offered-refused
    tags: ['method', domain],
    devices: { [dock]: { on: { '*': { reply: { result: 0 } } } } },
    steps: [
      ...[example, {}].map((payload) => ({
        send: { device_id: dock, command_type: name, payload },
        expect: { http: 400, body: { code: 'UNSUPPORTED_COMMAND' } },
      })),
      ...fence('drone_close', {}, 1),
    ],
  }
}

/** Sends a payload and finds it, and nothing else, on the wire. */
function carried(name: string, payload: unknown, mark: string): readonly Step[] {
  return [
    { 'expect-mqtt': { mark } },
    { send: { device_id: dock, command_type: name, payload } },
    { await: 'SUCCEEDED' },
    {
      'expect-mqtt': {
        device: dock,
        topic: 'services',
        method: name,
        payload: { data: { $exactly: payload } },
        count: 1,
        since: mark,
      },
    },
  ]
}

/** A right command arrives after the refused ones; had one of them been sent, it would be on the wire by then. */
function fence(name: string, payload: unknown, count: number): readonly Step[] {
  return [
    { send: { device_id: dock, command_type: name, payload } },
    { await: 'SUCCEEDED' },
    { 'expect-mqtt': { device: dock, topic: 'services', count } },
  ]
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`)
}
