import type { Node } from 'yaml'
import { isMap, isNode, isScalar, isSeq } from 'yaml'
import type { Check, Place } from './check.ts'
import { complain } from './check.ts'
import { ExampleRow } from './language.ts'
import { keyNode, keyOf, resolved, valueOf } from './nodes.ts'
import { limits } from './parse-yaml.ts'
import { walk } from './walk.ts'

/** The rows of a table: each with a name of its own; their fields are checked where they are used. */
export function checkExamples(node: Node, place: Place, check: Check): void {
  if (!isSeq(node)) return
  if (node.items.length > limits.examples) {
    complain(check, node, place, {
      code: 'LIMIT_EXCEEDED',
      message: `there are more than ${limits.examples} examples`,
    })
    return
  }
  if (node.items.length === 0) {
    complain(check, node, place, {
      code: 'VALUE_WRONG',
      message: 'this list is empty',
      expected: 'a list of rows',
    })
  }
  const seen = new Map<string, number>()
  for (const item of node.items) if (isNode(item)) checkRow(item, seen, place, check)
}

function checkRow(item: Node, seen: Map<string, number>, place: Place, check: Check): void {
  const row = resolved(item, check.parsed.document)
  if (!isMap(row)) {
    complain(check, item, place, {
      code: 'EXAMPLE_WRONG',
      message: 'an example is an object with a name',
      expected: '{ name: …, FIELD: … }',
    })
    return
  }
  const own = row.items.filter((pair) => keyOf(pair) in ExampleRow.properties)
  for (const pair of own) {
    walk(
      valueOf(pair),
      keyOf(pair) === 'name' ? ExampleRow.properties.name : ExampleRow.properties.proves,
      place,
      check,
    )
  }
  const name = row.get('name', true)
  if (!isScalar(name)) {
    if (name === undefined)
      complain(check, row, place, {
        code: 'EXAMPLE_WRONG',
        message: 'this example has no name',
        expected: 'name: …',
      })
    return
  }
  const text = String(name.value)
  const before = seen.get(text)
  const { line } = check.parsed.spanOf(name.range ?? [0, 1, 1])
  if (before === undefined) seen.set(text, line)
  else {
    complain(check, name, place, {
      code: 'EXAMPLE_WRONG',
      message: `the name '${text}' stands twice, first in line ${before}`,
      expected: 'a name of its own for each example',
    })
  }
}

/** Names of devices are used in templates and topics. */
export function checkDevices(node: Node, place: Place, check: Check): void {
  if (!isMap(node)) return
  for (const pair of node.items) {
    const name = keyOf(pair)
    complainOfTwins(name, keyNode(pair, node), place, check)
    if (/^[A-Za-z0-9][\w-]*$/.test(name) && name !== 'gateway') continue
    complain(check, keyNode(pair, node), place, {
      code: 'VALUE_WRONG',
      message: `'${name}' is no name for a device`,
      expected: 'letters, digits, - and _, and not gateway',
    })
  }
}

/** `dock: { count: 2 }` makes `dock-1` already. */
function complainOfTwins(name: string, node: Node, place: Place, check: Check): void {
  const [, group = '', number = ''] = /^(.*)-([1-9]\d*)$/.exec(name) ?? []
  const size = check.declared.devices.get(group)?.size
  if (size === undefined || size === 'unknown' || Number(number) > size) return
  complain(check, node, place, {
    code: 'VALUE_WRONG',
    message: `'${name}' is one of the ${size} devices of '${group}' already`,
    expected: 'another name',
  })
}
