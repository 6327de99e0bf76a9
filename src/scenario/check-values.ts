import type { Node, YAMLMap } from 'yaml'
import { isMap, isNode, isScalar, isSeq } from 'yaml'
import type { Check, Place } from './check.ts'
import { complain } from './check.ts'
import { checkMethodSpelling } from './check-names.ts'
import { isMatcherName, matcherNames, matchers } from './language-matchers.ts'
import { Expected } from './language-words.ts'
import { nearest, unknownWord } from './nearest.ts'
import { keyNode, keyOf, valueOf } from './nodes.ts'
import { splitTemplates } from './template.ts'
import { walk } from './walk.ts'

const expected = Expected('A value.')

/** A value to compare with: matchers anywhere in it have to be known and have the right argument. */
export function checkExpected(node: Node, place: Place, check: Check): void {
  if (isSeq(node)) {
    for (const item of node.items) if (isNode(item)) walk(item, expected, place, check)
    return
  }
  if (!isMap(node)) return
  const dollar = node.items.find((pair) => keyOf(pair).startsWith('$'))
  if (dollar === undefined) {
    for (const pair of node.items) walk(valueOf(pair), expected, place, check)
    return
  }
  const name = keyOf(dollar)
  if (node.items.length > 1) {
    complain(check, keyNode(dollar, node), place, {
      code: 'MATCHER_WRONG',
      message: `the matcher '${name}' stands in an object with other keys`,
      expected: 'a matcher alone in its object, or $literal around an object that is none',
    })
    return
  }
  if (isMatcherName(name)) {
    walk(valueOf(dollar), matchers[name].argument, place, check)
    return
  }
  const suggestion = nearest(name, matcherNames)
  complain(check, keyNode(dollar, node), place, {
    code: 'MATCHER_WRONG',
    message: unknownWord('matcher', name, suggestion),
    expected: `one of ${matcherNames.join(', ')}`,
    suggestion,
  })
}

export function checkRegex(node: Node, place: Place, check: Check): void {
  if (!isScalar(node)) return
  try {
    RegExp(String(node.value), 'u')
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^.*\/u?: /, '') : 'it cannot be read'
    complain(check, node, place, {
      code: 'MATCHER_WRONG',
      message: `this is no regular expression: ${why.toLowerCase()}`,
    })
  }
}

/** `command_type` of a request that is expected to be accepted. */
export function checkCommandType(node: Node, place: Place, check: Check): void {
  // a row names what it wants, wrong methods included
  if (place.row !== undefined || !isScalar(node) || typeof node.value !== 'string') return
  if (splitTemplates(node.value).some(({ kind }) => kind === 'expression')) return
  if (check.refused.has(node)) return
  checkMethodSpelling(node, node.value, place, check)
}

export function checkRequest(node: Node, place: Place, check: Check): void {
  if (!isMap(node) || !node.has('body') || !node.has('raw')) return
  complain(check, keyOfMap(node, 'raw'), place, {
    code: 'KEY_UNKNOWN',
    message: "'raw' and 'body' are both the body of the request",
    expected: 'one of them',
  })
}

const deviceActions = ['connect', 'disconnect', 'script', 'publish'] as const
const actionKeys: Readonly<Record<(typeof deviceActions)[number], readonly string[]>> = {
  connect: [],
  disconnect: ['how'],
  script: ['on'],
  publish: ['topic', 'payload', 'refused'],
}

const neededKeys: Readonly<Record<string, readonly string[]>> = {
  script: ['on'],
  publish: ['topic', 'payload'],
}

/** One action a step, with its own keys. */
export function checkDeviceAction(node: Node, place: Place, check: Check): void {
  if (!isMap(node)) return
  const actions = deviceActions.filter((name) => node.has(name))
  const [action, another] = actions
  if (action === undefined || another !== undefined) {
    complain(check, node, place, {
      code: 'VALUE_WRONG',
      message:
        action === undefined
          ? 'this says nothing to do with a device'
          : `'${action}' and '${another}' are two steps`,
      expected: `one of ${deviceActions.join(', ')}`,
    })
    return
  }
  for (const pair of node.items) {
    const key = keyOf(pair)
    if (key === action || actionKeys[action].includes(key)) continue
    const own = actionKeys[action].length === 0 ? 'nothing' : actionKeys[action].join(', ')
    complain(check, keyNode(pair, node), place, {
      code: 'KEY_UNKNOWN',
      message: `'${key}' does not go with '${action}'`,
      expected: `${own} beside '${action}'`,
    })
  }
  requireKeys(node, neededKeys[action] ?? [], { place, check, what: `'${action}'` })
}

export function checkBrokerAction(node: Node, place: Place, check: Check): void {
  if (!isMap(node)) return
  const isDrop = node.has('drop')
  if (isDrop ? node.items.length === 1 : ['delay', 'loss', 'puback'].some((key) => node.has(key))) return
  complain(check, node, place, {
    code: 'VALUE_WRONG',
    message: isDrop ? "'drop' stands alone" : 'this says nothing to do with the broker',
    expected: '{ drop: … }, or { delay: …, loss: …, puback: … }',
  })
}

export function checkRepeat(node: Node, place: Place, check: Check): void {
  if (!isMap(node) || node.has('times') || node.has('each')) return
  complain(check, node, place, {
    code: 'KEY_MISSING',
    message: "'repeat' needs times or each",
    expected: 'times: 10, or each: DEVICE',
  })
}

function requireKeys(
  map: YAMLMap,
  keys: readonly string[],
  at: { place: Place; check: Check; what: string },
): void {
  for (const key of keys) {
    if (map.has(key)) continue
    complain(at.check, map, at.place, { code: 'KEY_MISSING', message: `${at.what} needs '${key}'` })
  }
}

function keyOfMap(map: YAMLMap, key: string): Node {
  const pair = map.items.find((item) => keyOf(item) === key)
  return pair === undefined ? map : keyNode(pair, map)
}
