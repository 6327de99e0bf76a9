import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fillTemplates,
  keepTemplate,
  renderTemplates,
  templateExpressions,
  valueAt,
} from '../../src/scenario/index.ts'

const known: Readonly<Record<string, unknown>> = {
  'first.tid': 'T1',
  number: 7,
  nothing: null,
  object: { a: [1] },
  inner: '${number}',
}
const lookup = (expression: string): unknown =>
  Object.hasOwn(known, expression) ? known[expression] : undefined

describe('renderTemplates', () => {
  it.each([
    ['a whole template keeps its type', '${number}', 7],
    ['a whole template may be null', '${nothing}', null],
    ['a whole template may be an object', '${object}', { a: [1] }],
    ['blanks in a template do not count', '${ number }', 7],
    ['a part becomes text', 'n=${number}, t=${first.tid}', 'n=7, t=T1'],
    ['an object in a text becomes JSON', 'o=${object}', 'o={"a":[1]}'],
    ['values in objects and lists', { a: ['${number}', { b: '${first.tid}' }] }, { a: [7, { b: 'T1' }] }],
    ['keys stay', { '${number}': 1 }, { '${number}': 1 }],
    ['an escape', '$${number}', '${number}'],
    ['what was filled in is not filled again', '${inner}', '${number}'],
    ['braces and dollars alone', '{a} $ {} }', '{a} $ {} }'],
    ['no text', [1, true, null], [1, true, null]],
  ])('fills %s', (_, value, expected) => {
    expect(renderTemplates(value, lookup)).toEqual(expected)
  })

  it('names the expression that is not known', () => {
    expect(() => renderTemplates({ a: ['x ${frist.tid}'] }, lookup)).toThrow(
      expect.objectContaining({
        code: 'TEMPLATE_INVALID',
        message: expect.stringContaining('"${frist.tid}"'),
      }),
    )
  })

  it('refuses a template that is not closed', () => {
    expect(() => renderTemplates('${number', lookup)).toThrow(
      expect.objectContaining({ code: 'TEMPLATE_INVALID' }),
    )
  })

  it('leaves a text without templates as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('${'))
        expect(renderTemplates(value, lookup)).toEqual(value)
      }),
      { seed: 1 },
    )
  })

  it('writes every escaped text as it was', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(
          renderTemplates(
            text.replaceAll('${', () => '$${'),
            lookup,
          ),
        ).toBe(text)
      }),
      { seed: 1, examples: [['a ${b} ${'], ['$${x}'], ['$$${x}']] },
    )
  })
})

describe('fillTemplates', () => {
  const partly = (expression: string): unknown => lookup(expression) ?? keepTemplate

  it('leaves what is filled later, escapes included', () => {
    expect(fillTemplates('${number} ${later} $${number}', partly)).toBe('7 ${later} $${number}')
    expect(fillTemplates('${later}', partly)).toBe('${later}')
  })
})

describe('templateExpressions', () => {
  it('lists the expressions of a value in order', () => {
    expect(templateExpressions({ a: 'x ${one} $${no}', b: ['${two.three}', 4] })).toEqual([
      'one',
      'two.three',
    ])
  })
})

describe('valueAt', () => {
  it.each([
    [['body', 'items', '1'], 'b'],
    [['body', 'items', '7'], undefined],
    [['body', 'constructor'], undefined],
    [['body', 'text', 'length'], undefined],
    [[], { body: { items: ['a', 'b'], text: 'x' } }],
  ])('finds %j', (path, expected) => {
    expect(valueAt({ body: { items: ['a', 'b'], text: 'x' } }, path)).toEqual(expected)
  })
})
