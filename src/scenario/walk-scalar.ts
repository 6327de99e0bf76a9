import type { Scalar } from 'yaml'
import type { Check, Definition, Place } from './check.ts'
import { complain } from './check.ts'
import { nounOf } from './fits.ts'
import { nearest, unknownWord } from './nearest.ts'
import { describeNode } from './nodes.ts'

/** Checks a scalar of the right type: allowed values, ranges, patterns. */
export function walkScalar(node: Scalar, definition: Definition, place: Place, check: Check): void {
  const { value } = node
  const words = typeof definition['x-words'] === 'string' ? definition['x-words'] : undefined
  if (Array.isArray(definition['enum'])) {
    if (!definition['enum'].includes(value)) complainOfEnum(node, definition, place, check)
    return
  }
  if ('const' in definition && value !== definition['const']) {
    const expected = words ?? String(definition['const'])
    complain(check, node, place, {
      code: 'VALUE_WRONG',
      message: `this is ${describeNode(node)}, not ${expected}`,
      expected,
    })
    return
  }
  const { pattern, minimum, maximum, minLength } = definition
  if (typeof minLength === 'number' && String(value).length < minLength) {
    complain(check, node, place, { code: 'VALUE_WRONG', message: 'this text is empty', expected: words })
    return
  }
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(String(value))) {
    complain(check, node, place, {
      code: 'VALUE_WRONG',
      message: `${describeNode(node)} is not ${words ?? `of the form ${pattern}`}`,
      expected: words,
    })
  }
  if (typeof value !== 'number') return
  const isBelow = typeof minimum === 'number' && value < minimum
  const isAbove = typeof maximum === 'number' && value > maximum
  if (!isBelow && !isAbove) return
  complain(check, node, place, {
    code: 'VALUE_WRONG',
    message: `${value} is too ${isBelow ? 'small' : 'large'}`,
    expected: range(minimum, maximum),
  })
}

function complainOfEnum(node: Scalar, definition: Definition, place: Place, check: Check): void {
  const allowed = (definition['enum'] as readonly unknown[]).map(String)
  const noun = nounOf(definition, 'value')
  const word = String(node.value)
  const suggestion = nearest(word, allowed)
  complain(check, node, place, {
    code: 'VALUE_WRONG',
    message: unknownWord(noun, word, suggestion),
    expected: allowed.length === 1 ? `'${allowed[0]}'` : `one of ${allowed.join(', ')}`,
    suggestion,
  })
}

function range(minimum: unknown, maximum: unknown): string {
  if (typeof minimum !== 'number') return `at most ${String(maximum)}`
  if (typeof maximum !== 'number') return `at least ${minimum}`
  return `${minimum} to ${maximum}`
}
