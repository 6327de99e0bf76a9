import { describe, expect, it } from 'vitest'
import type { JsonSchema, Method } from '../../contracts/index.ts'
import { checkAgainst, checkPayload, findMethod, methods } from '../../contracts/index.ts'

describe('checkPayload', () => {
  it('accepts the example of every method', () => {
    const refused = methods().filter((method) => checkPayload(method, method.example).length > 0)

    expect(refused).toEqual([])
  })

  it('takes only the empty object for a method without arguments', () => {
    const method = methodNamed('drone_close')

    expect(checkPayload(method, {})).toEqual([])
    expect(checkPayload(method, { force: true })).toEqual([
      { pointer: '/force', expected: 'no such field', found: 'true' },
    ])
    expect(checkPayload(method, null)).toEqual([{ pointer: '', expected: 'an empty object', found: 'null' }])
  })

  it('takes 30.0 for an integer, because JSON does not tell them apart', () => {
    const method = methodNamed('drc_mode_enter')
    const payload: unknown = JSON.parse(
      JSON.stringify(method.example).replace('"osd_frequency":10', '"osd_frequency":10.0'),
    )

    expect(checkPayload(method, payload)).toEqual([])
  })

  it('lets unknown fields of a method with arguments pass', () => {
    expect(checkPayload(methodNamed('battery_maintenance_switch'), { action: 1, extra: [] })).toEqual([])
  })

  it.each([
    ['battery_maintenance_switch', {}, { pointer: '/action', expected: 'one of 0, 1', found: 'nothing' }],
    [
      'battery_maintenance_switch',
      { action: 2 },
      { pointer: '/action', expected: 'one of 0, 1', found: 'the number 2' },
    ],
    [
      'stick_control',
      { roll: 1024, pitch: 1024, throttle: 1024, yaw: 2000 },
      { pointer: '/yaw', expected: 'an integer between 364 and 1684', found: 'the number 2000' },
    ],
    [
      'fly_to_point_update',
      { max_speed: 5, points: [{ latitude: 91, longitude: 0, height: 100 }] },
      { pointer: '/points/0/latitude', expected: 'a number between -90 and 90', found: 'the number 91' },
    ],
    [
      'fly_to_point_update',
      { max_speed: 5, points: [] },
      { pointer: '/points', expected: 'a list of 1 item', found: 'an empty list' },
    ],
    [
      'unlock_license_switch',
      { license_id: 1, enable: 'yes' },
      { pointer: '/enable', expected: 'true or false', found: 'the string "yes"' },
    ],
    [
      'psdk_input_box_text_set',
      { psdk_index: 0, value: 'a'.repeat(129) },
      {
        pointer: '/value',
        expected: 'a string of at most 128 characters',
        found: `the string "${'a'.repeat(60)}…"`,
      },
    ],
  ])('names what is wrong with a payload of %s (%#)', (name, payload, problem) => {
    expect(checkPayload(methodNamed(name), payload)).toEqual([problem])
  })

  it('names every problem at once', () => {
    const problems = checkPayload(methodNamed('stick_control'), { roll: '1', pitch: 1024.5 })

    expect(problems.map(({ pointer }) => pointer)).toEqual(['/throttle', '/yaw', '/roll', '/pitch'])
  })
})

describe('checkAgainst', () => {
  it.each<{ schema: JsonSchema; value: unknown; expected: string }>([
    { schema: { type: ['boolean', 'integer'] }, value: 'x', expected: 'true or false or an integer' },
    { schema: { type: 'number', minimum: 2 }, value: 1, expected: 'a number of at least 2' },
    { schema: { type: 'integer', maximum: 2 }, value: 3, expected: 'an integer of at most 2' },
    { schema: { type: 'string', minLength: 1 }, value: '', expected: 'a string of at least 1 character' },
    { schema: { type: 'string', pattern: '^a' }, value: 'b', expected: 'a string that matches ^a' },
    {
      schema: { type: 'string', format: 'date-time' },
      value: 'now',
      expected: 'a string in the format date-time',
    },
    { schema: { type: 'array', minItems: 1, maxItems: 2 }, value: [], expected: 'a list of 1 to 2 items' },
    { schema: { const: 0 }, value: 1, expected: '0' },
    {
      schema: { enum: Array.from({ length: 14 }, (_, at) => at) },
      value: 99,
      expected: 'one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more',
    },
    { schema: { type: 'null' }, value: 1, expected: 'null' },
  ])('expects $expected', ({ schema, value, expected }) => {
    expect(checkAgainst(schema, value)).toMatchObject([{ pointer: '', expected }])
  })

  it('escapes what a JSON pointer may not hold', () => {
    const schema = { type: 'object', required: ['a/b~c'], properties: { 'a/b~c': { type: 'string' } } }

    expect(checkAgainst(schema, {})).toEqual([
      { pointer: '/a~1b~0c', expected: 'a string', found: 'nothing' },
    ])
  })
})

function methodNamed(name: string): Method {
  const method = findMethod(name)
  if (method === undefined) throw new Error(`no method ${name}`)
  return method
}
