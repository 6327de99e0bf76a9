import type { Node } from 'yaml'
import { isMap, isScalar, isSeq } from 'yaml'
import {
  capabilities,
  downFamilies,
  findMethod,
  findRule,
  methods,
  models,
  offeredMethods,
  rules,
  upFamilies,
} from '../../contracts/index.ts'
import type { Check, Place } from './check.ts'
import { complain } from './check.ts'
import { nearest, unknownWord } from './nearest.ts'
import { keyNode, keyOf } from './nodes.ts'

/** The id of a rule has to be one of the contract's. */
export function checkRule(node: Node, place: Place, check: Check): void {
  const id = textOf(node)
  if (findRule(id) !== undefined) return
  const suggestion = nearest(
    id,
    rules().map((rule) => rule.id),
  )
  complain(check, node, place, {
    code: 'RULE_UNKNOWN',
    message: unknownWord('rule', id, suggestion),
    expected: 'an id of the contract; `dockrig contract rules` lists them',
    suggestion,
  })
}

/** The keys of `allow` are rule ids. */
export function checkAllow(node: Node, place: Place, check: Check): void {
  if (!isMap(node)) return
  for (const pair of node.items) checkRule(keyNode(pair, node), place, check)
}

/** A capability, or `method:NAME`. */
export function checkCapability(node: Node, place: Place, check: Check): void {
  const name = textOf(node)
  if (name.startsWith('method:')) {
    checkMethodSpelling(node, name.slice('method:'.length), place, check)
    return
  }
  if ((capabilities as readonly string[]).includes(name)) return
  const suggestion = nearest(name, capabilities)
  complain(check, node, place, {
    code: 'NAME_UNKNOWN',
    message: unknownWord('capability', name, suggestion),
    expected: `one of ${capabilities.join(', ')}, method:NAME`,
    suggestion,
  })
}

export function checkModel(node: Node, place: Place, check: Check): void {
  const docks = models().filter(({ role }) => role !== 'aircraft')
  checkModelOf(docks, 'model', { node, place, check })
}

export function checkAircraft(node: Node, place: Place, check: Check): void {
  const aircraft = models().filter(({ role }) => role === 'aircraft')
  checkModelOf(aircraft, 'model of aircraft', { node, place, check })
}

function checkModelOf(
  known: ReturnType<typeof models>,
  noun: string,
  { node, place, check }: { readonly node: Node; readonly place: Place; readonly check: Check },
): void {
  const id = textOf(node)
  if (known.some((model) => model.id === id || model.key === id)) return
  const ids = known.map((model) => model.id)
  const suggestion = nearest(id, ids)
  complain(check, node, place, {
    code: 'NAME_UNKNOWN',
    message: unknownWord(noun, id, suggestion),
    expected: `one of ${ids.join(', ')}`,
    suggestion,
  })
}

/** A family of topics; a text with another `/` in it is a whole topic and stands for itself. */
export function checkTopic(node: Node, place: Place, check: Check): void {
  const topic = textOf(node)
  const families: readonly string[] = [...downFamilies, ...upFamilies]
  if (families.includes(topic) || topic.split('/').length > 2) return
  const suggestion = nearest(topic, families)
  complain(check, node, place, {
    code: 'NAME_UNKNOWN',
    message: unknownWord('topic', topic, suggestion),
    expected: `one of ${families.join(', ')}, or a whole topic`,
    suggestion,
  })
}

/** The keys of a script are methods; any name may be scripted, but hardly one that is nearly a known method. */
export function checkScript(node: Node, place: Place, check: Check): void {
  if (!isMap(node)) return
  for (const pair of node.items) {
    const name = keyOf(pair)
    if (name !== '*') checkMethodSpelling(keyNode(pair, node), name, place, check)
  }
}

/** A name that differs from a method of the catalogue by a slip of the finger. */
export function checkMethodSpelling(node: Node, name: string, place: Place, check: Check): void {
  const suggestion = misspelt(name)
  if (suggestion === undefined) return
  complain(check, node, place, {
    code: 'METHOD_UNKNOWN',
    message: unknownWord('method', name, suggestion),
    expected: 'a method of the catalogue, or a name that cannot be taken for one',
    suggestion,
  })
}

function misspelt(name: string): string | undefined {
  if (findMethod(name) !== undefined) return undefined
  const near =
    nearest(
      name,
      offeredMethods().map((method) => method.name),
    ) ??
    nearest(
      name,
      methods().map((method) => method.name),
    )
  // far shorter or longer names are other names
  return near !== undefined && Math.abs(near.length - name.length) <= 2 ? near : undefined
}

/** Every item of a `lifecycle` has to be one that can follow the one before. */
export function checkLifecycle(node: Node, place: Place, check: Check): void {
  if (!isSeq(node)) return
  let before: string | undefined
  for (const item of node.items) {
    const status = isScalar(item) ? String(item.value) : ''
    if (!Object.hasOwn(successors, status)) {
      before = undefined
      continue
    }
    if (before !== undefined && !successors[before]?.includes(status) && isScalar(item)) {
      const next = successors[before] ?? []
      complain(check, item, place, {
        code: 'LIFECYCLE_IMPOSSIBLE',
        message: `${status} cannot follow ${before}`,
        expected: next.length === 0 ? `nothing after ${before}` : `one of ${next.join(', ')}`,
      })
    }
    before = status
  }
}

/** What may follow what (CONTRACT: section 3). Steps in between may be left out. */
const successors: Readonly<Record<string, readonly string[]>> = {
  ACCEPTED: ['DELIVERED', 'UNMATCHED_RESPONSE', 'SUCCEEDED', 'FAILED', 'TIMED_OUT'],
  DELIVERED: ['UNMATCHED_RESPONSE', 'SUCCEEDED', 'FAILED', 'TIMED_OUT'],
  UNMATCHED_RESPONSE: ['SUCCEEDED', 'FAILED'],
  SUCCEEDED: [],
  FAILED: [],
  TIMED_OUT: [],
}

function textOf(node: Node): string {
  return isScalar(node) ? String(node.value) : ''
}
