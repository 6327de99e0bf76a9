import { describe, expect, it } from 'vitest'
import { isAbsent, isDueText, mapReply } from '../../contracts/mapping.ts'
import { lostFields } from '../../contracts/vendor-response.ts'

const number = (value: number): unknown => ({ kind: 'number', value })
const text = (value: string): unknown => ({ kind: 'text', text: value })

describe('mapReply', () => {
  it.each([
    [{ result: 0 }, 'SUCCEEDED', 'result', number(0)],
    [{ result: 1, code: 0 }, 'FAILED', 'code', number(0)],
    [{ result: 1, code: '0' }, 'FAILED', 'code', text('0')],
    [{ result: 0, code: 'E1' }, 'SUCCEEDED', 'code', text('E1')],
    [{ result: 5, code: '' }, 'FAILED', 'null-absent', text('')],
    [{ result: 5, code: null }, 'FAILED', 'null-absent', number(5)],
    [{ result: 5, code: true }, 'FAILED', 'null-absent', number(5)],
    [{ result: 5, code: {} }, 'FAILED', 'null-absent', number(5)],
    [{ result: -1 }, 'FAILED', 'result', number(-1)],
    [{ result: 512 }, 'FAILED', 'result', number(512)],
    [{ result: 2 ** 40 }, 'FAILED', 'result', number(2 ** 40)],
  ])('maps %o to %s with the code from %s', (data, outcome, codeBranch, code) => {
    expect(mapReply(data)).toMatchObject({ kind: 'good', mapping: { outcome, codeBranch, code } })
  })

  it.each([
    [undefined, 'malformed'],
    [null, 'malformed'],
    [[], 'malformed'],
    [{}, 'no-result'],
    [{ result: '0' }, 'no-result'],
    [{ result: 1.5 }, 'no-result'],
    [{ result: true }, 'no-result'],
  ])('takes %o for %s', (data, kind) => {
    expect(mapReply(data).kind).toBe(kind)
  })

  it.each([
    [{ message: 'M' }, { branch: 'message', due: 'M' }],
    [
      { msg: 'M', message: null },
      { branch: 'msg', due: 'M' },
    ],
    [{ description: 'M' }, { branch: 'description', due: 'M' }],
    [{ message: '' }, { branch: 'free' }],
    [{ message: 7 }, { branch: 'free' }],
    [{}, { branch: 'free' }],
    [
      { msg: 'N', description: 'D' },
      { branch: 'several', oneOf: ['N', 'D'], preferred: 'N' },
    ],
    [
      { message: '', msg: 'N' },
      { branch: 'several', oneOf: [], preferred: '' },
    ],
    [
      { message: 7, msg: 'N' },
      { branch: 'several', oneOf: [], preferred: 'N' },
    ],
  ])('expects of %o the message %o', (data, message) => {
    expect(mapReply({ result: 0, ...data })).toMatchObject({ mapping: { message } })
  })
})

describe('mapReply, of a job', () => {
  it.each([
    [{ status: 'in_progress' }, true],
    [{ status: 'sent' }, true],
    [{ status: 'ok' }, false],
    [{ status: 7 }, false],
    [{}, false],
    [undefined, false],
  ])('reads from the output %o whether it has only started: %o', (output, started) => {
    expect(mapReply({ result: 0, output })).toMatchObject({ mapping: { started } })
  })
})

describe('isAbsent', () => {
  it.each([
    [undefined, true],
    [null, true],
    ['', true],
    [{}, true],
    ['0', false],
    [0, false],
    [false, false],
    [[], false],
    [{ result: 0 }, false],
  ])('says of %o whether it counts as not known: %o', (value, is) => {
    expect(isAbsent(value)).toBe(is)
  })
})

describe('isDueText', () => {
  it.each([
    [{ kind: 'number', value: 0 } as const, '0', true],
    [{ kind: 'number', value: 0 } as const, '', false],
    [{ kind: 'number', value: 0 } as const, ' ', false],
    [{ kind: 'number', value: 0 } as const, 0, false],
    [{ kind: 'number', value: 1e21 } as const, '1000000000000000000000', true],
    [{ kind: 'text', text: '0' } as const, '00', false],
  ])('compares %o with %o', (due, shown, is) => {
    expect(isDueText(due, shown)).toBe(is)
  })
})

describe('lostFields', () => {
  it.each([
    [{ result: 1 }, { result: '1' }, []],
    [{ result: 1 }, { raw: [{ result: 1 }] }, []],
    [{ result: 1 }, { raw: '{"result":1}' }, []],
    [{ x: { y: [1, { z: 'a' }] } }, { x: { y: ['1', { z: 'a', more: 1 }] } }, []],
    [{ result: 1, msg: 'M', description: 'D', a: null, b: {} }, { result: 1 }, []],
    [{ x: '1' }, { x: 1 }, ['x']],
    [{ x: true }, { x: 'true' }, ['x']],
    [{ x: [1, 2] }, { x: [1] }, ['x']],
    [{ code: 'E' }, {}, ['code']],
  ])('finds in %o shown as %o the lost fields %o', (data, shown, lost) => {
    expect(lostFields(data, shown)).toEqual(lost)
  })

  it('survives what is nested very deeply', () => {
    let deep: unknown = 1
    for (let level = 0; level < 50_000; level += 1) deep = { deep }

    expect(lostFields({ deep }, { deep })).toEqual([])
  })
})
