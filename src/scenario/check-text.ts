import type { TSchema } from 'typebox'
import type { Node, Scalar } from 'yaml'
import { isMap, isScalar } from 'yaml'
import type { Check, Declared, KindCheck, Place } from './check.ts'
import { complain, openCheck } from './check.ts'
import { checkAircraft, checkModel, checkScript } from './check-names.ts'
import { definitions } from './language.ts'
import { keyNode, keyOf } from './nodes.ts'
import { parseYaml } from './parse-yaml.ts'
import type { Problem } from './problem.ts'
import { splitTemplates } from './template.ts'
import { walk } from './walk.ts'

/** What a text says, or what is wrong with it, each with its place. */
export type CheckedText =
  | { readonly kind: 'right'; readonly value: unknown }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] }

/**
 * Reads YAML, and JSON with it, that is no scenario, and checks it against a definition of the language. `choose` sees the
 * keys of the outermost object. Nothing but comments is null. Bad input never throws.
 */
export function checkYamlText(
  file: string,
  text: string,
  choose: (keys: readonly string[]) => TSchema,
): CheckedText {
  if (/^(\s*(#[^\n]*)?\n)*\s*(#[^\n]*)?$/.test(text)) return { kind: 'right', value: null }
  const { documents, problems } = parseYaml(file, text)
  if (problems.length > 0) return { kind: 'wrong', problems }
  const [parsed, second] = documents
  if (parsed === undefined) return { kind: 'right', value: null }
  const check = openCheck({ file, parsed, declared: nothing, kinds, definitions, checkText })
  const { contents } = parsed.document
  if (second?.document.contents)
    complain(check, second.document.contents, nowhere, {
      code: 'VALUE_WRONG',
      message: 'there is a second document; one is read',
    })
  const keys = isMap(contents)
    ? contents.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''))
    : []
  if (contents !== null) walk(contents, choose(keys), nowhere, check)
  return check.problems.length > 0
    ? { kind: 'wrong', problems: check.problems }
    : { kind: 'right', value: parsed.value }
}

const nowhere: Place = { templates: 'allowed', inBehaviour: true, inRepeat: false, hasEach: false }

const nothing: Declared = { rows: [], devices: new Map(), names: new Set(), marks: new Set() }

// what stands in the definitions that are no scenario's
const kinds: Readonly<Record<string, KindCheck>> = {
  model: checkModel,
  aircraft: checkAircraft,
  script: checkScript,
  action: checkAction,
}

/** Which of its keys go with an action. */
function checkAction(node: Node, place: Place, check: Check): void {
  if (!isMap(node)) return
  const action = String(node.get('action'))
  for (const [key, of] of [
    ['how', 'disconnect'],
    ['state', 'set'],
  ] as const) {
    const pair = node.items.find((each) => keyOf(each) === key)
    if (pair !== undefined && action !== of)
      complain(check, keyNode(pair, node), place, {
        code: 'VALUE_WRONG',
        message: `'${key}' goes with the action '${of}', not with '${action}'`,
      })
  }
  if (action === 'set' && !node.has('state'))
    complain(check, node, place, { code: 'KEY_MISSING', message: "the key 'state' is missing: set needs it" })
}

/** Without a scenario there is nothing to refer to but the request. */
function checkText(node: Scalar, place: Place, check: Check): void {
  for (const part of splitTemplates(String(node.value))) {
    if (part.kind !== 'expression') continue
    if (/^request(\.|$)/.test(part.expression)) continue
    complain(check, node, place, {
      code: 'TEMPLATE_WRONG',
      message: `outside a scenario nothing is known of '\${${part.expression}}'`,
      expected: 'a template of the request, such as ${request.tid}',
    })
  }
}
