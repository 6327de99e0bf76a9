import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import {
  buildAsyncApi,
  downFamilies,
  formatTopic,
  messageFamilies,
  messages,
  methods,
  propertiesOf,
  upFamilies,
} from '../../contracts/index.ts'

const document = buildAsyncApi({
  version: '1.2.3',
  methods: methods(),
  messages: messageFamilies.flatMap((family) => messages(family)),
  properties: [propertiesOf('dock2')],
})

const envelope = { tid: 't', bid: 'b', timestamp: 1_700_000_000_000 }

describe('buildAsyncApi', () => {
  it('has a channel for every topic family', () => {
    const { channels } = document as {
      readonly channels: Readonly<Record<string, { readonly address: string }>>
    }
    const addresses = Object.values(channels).map(({ address }) => address.replace(/\{\w+\}/, 'SN'))

    const due = [...upFamilies, ...downFamilies].map((family) => formatTopic(family, 'SN'))

    expect(new Set(addresses)).toEqual(new Set(due))
  })

  it.each([
    ['a command', 'services', { ...envelope, method: 'drone_close', data: {} }],
    [
      'a reply',
      'services_reply',
      { ...envelope, method: 'drone_close', data: { result: 0, output: { status: 'in_progress' } } },
    ],
    ['telemetry', 'osd', { ...envelope, data: { mode_code: 2 } }],
    ['a push', 'drc_up', { method: 'heart_beat', data: { timestamp: 1 } }],
  ])('accepts %s', (_, channel, message) => {
    expect(fits(channel, message)).toBe(true)
  })

  it.each([
    [
      'a command whose data are not its method’s',
      'services',
      { ...envelope, method: 'alarm_state_switch', data: { action: 7 } },
    ],
    ['a command without a tid', 'services', { method: 'drone_close', bid: 'b', timestamp: 1, data: {} }],
    ['a reply without a result', 'services_reply', { ...envelope, method: 'drone_close', data: {} }],
    [
      'an event with an unknown step',
      'events',
      { ...envelope, method: 'drone_close', data: progressAt('fly') },
    ],
    ['telemetry outside its values', 'osd', { ...envelope, data: { mode_code: 99 } }],
  ])('refuses %s', (_, channel, message) => {
    expect(fits(channel, message)).toBe(false)
  })
})

function progressAt(step_key: string): object {
  return { result: 0, output: { status: 'in_progress', progress: { percent: 1, step_key } } }
}

function fits(channel: string, message: object): boolean {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  ajv.addSchema(document, 'document')
  return ajv.validate({ $ref: `document#/components/messages/${channel}_message/payload` }, message)
}
