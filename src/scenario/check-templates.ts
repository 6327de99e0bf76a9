import type { Node, Scalar } from 'yaml'
import { isMap, isScalar, isSeq } from 'yaml'
import type { Check, Place, Row } from './check.ts'
import { complain } from './check.ts'
import { complainOfDevice, findDevice, namePattern } from './check-references.ts'
import { nearest, unknownWord } from './nearest.ts'
import { nodeAt } from './nodes.ts'
import { splitTemplates, wholeTemplate } from './template.ts'

/** Fields of a step that `as` names. */
export const commandFields = ['command_id', 'tid', 'http', 'headers', 'body'] as const
/** Fields of a device. */
export const deviceFields = ['id', 'gateway_sn'] as const

/** Checks every template of a text: its form, and that what it names is known at this place. */
export function checkText(node: Scalar, place: Place, check: Check): void {
  const text = String(node.value)
  if (!text.includes('${') || place.templates === 'none') return
  const isWhole = wholeTemplate(text) !== undefined
  for (const part of splitTemplates(text)) {
    if (part.kind === 'broken') {
      complain(check, node, place, {
        code: 'TEMPLATE_WRONG',
        message: "a template is not closed: '${' without '}'",
        expected: "'${NAME}', or '$${' for the two characters",
      })
    }
    if (part.kind === 'expression') checkExpression(part.expression, { node, place, check, isWhole })
  }
}

interface Spot {
  readonly node: Scalar
  readonly place: Place
  readonly check: Check
  /** Whether the template is the whole text. */
  readonly isWhole: boolean
}

function checkExpression(expression: string, spot: Spot): void {
  const [root = '', ...path] = expression.split('.')
  if (expression.startsWith('faker:')) {
    spot.check.fakers.push({ path: expression.slice('faker:'.length), node: spot.node, row: spot.place.row })
    return
  }
  const rooted = roots[root]
  if (rooted === undefined || !Object.hasOwn(roots, root)) checkCommandField(root, path, spot)
  else rooted(path, spot)
}

type CheckRoot = (path: readonly string[], spot: Spot) => void

const roots: Readonly<Record<string, CheckRoot>> = {
  example: checkExample,
  request: (_path, spot) => {
    if (spot.place.inBehaviour) return
    wrong(
      spot,
      "'${request.…}' is known only in the script of a device",
      'another template; in a script, under on, the request is known',
    )
  },
  fresh: (path, spot) => {
    if (path.length === 1 && namePattern.test(path[0] ?? '')) return
    wrong(spot, "'${fresh.…}' needs a name", '${fresh.NAME}')
  },
  each: (path, spot) => {
    if (path.length === 0 && spot.place.hasEach) return
    wrong(
      spot,
      "'${each}' is known only in a repeat with each",
      'repeat: { each: DEVICE, steps: … } around it',
    )
  },
  index: (path, spot) => {
    if (path.length === 0 && spot.place.inRepeat) return
    wrong(spot, "'${index}' is known only in a repeat", 'repeat: { times: n, steps: … } around it')
  },
  device: checkDeviceField,
}

function checkExample(path: readonly string[], spot: Spot): void {
  const { check, place, node } = spot
  if (place.row !== undefined) {
    wrong(spot, 'an example cannot refer to an example', 'the value itself')
    return
  }
  const { rows } = check.declared
  const field = path[0]
  if (field === undefined) {
    wrong(spot, "'${example.…}' needs a field", '${example.FIELD}')
    return
  }
  if (!rows.some((row) => Object.hasOwn(row.value, field))) {
    const fields = [...new Set(rows.flatMap((row) => Object.keys(row.value)))]
    const suggestion = nearest(field, fields)
    complain(check, node, place, {
      code: 'EXAMPLE_WRONG',
      message:
        rows.length === 0
          ? 'there are no examples to take the field from'
          : unknownWord('field of the examples', field, suggestion),
      expected: rows.length === 0 ? 'examples: a list of rows' : `one of ${fields.join(', ')}`,
      suggestion,
    })
    return
  }
  for (const row of rows) checkRow(row, path, spot)
}

function checkRow(row: Row, path: readonly string[], { check, place, node, isWhole }: Spot): void {
  const value = nodeAt(row.node, path, check.parsed.document)
  if (value === undefined) {
    const { line } = check.parsed.spanOf(node.range ?? [0, 1, 1])
    complain(check, row.node, place, {
      code: 'EXAMPLE_WRONG',
      message: `the example '${row.name}' has no field '${path.join('.')}'`,
      expected: `the field that line ${line} uses`,
      suggestion: nearest(path[0] ?? '', Object.keys(row.value)),
    })
    return
  }
  // a whole template is walked with the row's value in its place
  if (isWhole) return
  if (isScalar(value)) {
    if (typeof value.value === 'string') checkText(value, { ...place, row: row.name }, check)
    return
  }
  if (isMap(value) || isSeq(value)) {
    complain(
      check,
      value,
      { ...place, row: row.name },
      {
        code: 'EXAMPLE_WRONG',
        message: `'${path.join('.')}' is written into a text, and this is no text`,
        expected: 'a text, a number, true or false',
      },
    )
  }
}

function checkDeviceField(path: readonly string[], spot: Spot): void {
  const [name = '', field = '', ...rest] = path
  if (findDevice(name, spot.check) === undefined) {
    complainOfDevice(spot.node, name, spot.place, spot.check)
    return
  }
  if (rest.length === 0 && (deviceFields as readonly string[]).includes(field)) return
  const suggestion = nearest(field, deviceFields)
  complain(spot.check, spot.node, spot.place, {
    code: 'TEMPLATE_WRONG',
    message: unknownWord('field of a device', field, suggestion),
    expected: deviceFields.map((known) => `\${device.${name}.${known}}`).join(' or '),
    suggestion,
  })
}

function checkCommandField(root: string, path: readonly string[], spot: Spot): void {
  if (!checkStepName(root, spot)) return
  const [field = ''] = path
  if ((commandFields as readonly string[]).includes(field)) return
  const suggestion = nearest(field, commandFields)
  complain(spot.check, spot.node, spot.place, {
    code: 'TEMPLATE_WRONG',
    message: unknownWord('field of a step', field, suggestion),
    expected: commandFields.map((known) => `\${${root}.${known}}`).join(', '),
    suggestion,
  })
}

function checkStepName(name: string, spot: Spot): boolean {
  const { check, place, node } = spot
  const known = place.inBehaviour ? check.declared.names : check.progress.names
  if (known.has(name) || (name === 'last' && (check.progress.hasCommand || place.inBehaviour))) return true
  if (name === 'last') {
    wrong(spot, 'no command has been sent before this step', 'a send above')
    return false
  }
  const isLater = check.declared.names.has(name)
  const words = ['example', 'request', 'device', 'fresh', 'each', 'index', 'faker:', 'last', ...known]
  const suggestion = nearest(name, words)
  complain(check, node, place, {
    code: 'NAME_UNKNOWN',
    message: isLater
      ? `the step named '${name}' comes later`
      : unknownWord('name in a template', name, suggestion),
    expected: `one of ${words.join(', ')}`,
    suggestion,
  })
  return false
}

function wrong(spot: Spot, message: string, expected: string): void {
  complain(spot.check, spot.node as Node, spot.place, { code: 'TEMPLATE_WRONG', message, expected })
}
