import type { Node, Pair, YAMLMap } from 'yaml'
import { isMap, isNode, isScalar } from 'yaml'
import type { Check, Place } from './check.ts'
import { complain } from './check.ts'
import { answerParts, commandFields } from './language-answers.ts'
import type { CompanionName, Verb } from './language-verbs.ts'
import { companionNames, companions, verbNames, verbs } from './language-verbs.ts'
import { nearest, unknownWord } from './nearest.ts'
import { keyNode, keyOf, valueOf } from './nodes.ts'
import { walk } from './walk.ts'

/** A step: exactly one verb, and the companions that go with it. */
export function checkStep(node: Node, place: Place, check: Check): void {
  if (!isMap(node)) return
  const found = verbPairs(node)
  const hasStrangers = complainOfStrangers(node, found.length > 0, place, check)
  const [first, second] = found
  if (first === undefined || second !== undefined) assumeRight(node, place, check)
  if (first === undefined) {
    if (!hasStrangers)
      complain(check, node, place, {
        code: 'VERB_MISSING',
        message: 'this step has no verb',
        expected: verbList,
      })
    return
  }
  if (second !== undefined) {
    complain(check, keyNode(second, node), place, {
      code: 'VERB_REPEATED',
      message: `a step has one verb, and this one has '${keyOf(first)}' and '${keyOf(second)}'`,
      expected: 'two steps, each with a - of its own',
    })
    return
  }
  const verb = keyOf(first) as Verb
  noteRefused(node, valueOf(first), check)
  walk(valueOf(first), verbs[verb].body, place, check)
  if (verb === 'send' || verb === 'request') check.progress.hasCommand = true
  checkCompanions(node, verb, place, check)
}

/** What a step was meant to do is not held against the steps that rely on it. */
function assumeRight(step: YAMLMap, place: Place, check: Check): void {
  check.progress.hasCommand = true
  const name = step.get('as', true)
  if (isNode(name)) walk(name, companions.as, place, check)
}

/** A step that names an HTTP status may send a method that does not exist, on purpose. */
function noteRefused(step: YAMLMap, body: Node, check: Check): void {
  const expect = step.get('expect')
  const type = isMap(body) ? body.get('command_type', true) : undefined
  if (isMap(expect) && expect.has('http') && isNode(type)) check.refused.add(type)
}

const verbList = `one of ${verbNames.join(', ')}`

function verbPairs(map: YAMLMap): readonly Pair[] {
  return map.items.filter((pair) => (verbNames as readonly string[]).includes(keyOf(pair)))
}

/** Keys that are neither verb nor companion; without a verb, the first of them was meant as one. */
function complainOfStrangers(map: YAMLMap, hasVerb: boolean, place: Place, check: Check): boolean {
  const known: readonly string[] = [...verbNames, ...companionNames]
  const strangers = map.items.filter((pair) => !known.includes(keyOf(pair)))
  for (const [position, pair] of strangers.entries()) {
    const isVerb = !hasVerb && position === 0
    const word = keyOf(pair)
    const names = isVerb ? verbNames : companionNames
    const suggestion = nearest(word, names)
    complain(check, keyNode(pair, map), place, {
      code: isVerb ? 'VERB_UNKNOWN' : 'KEY_UNKNOWN',
      message: unknownWord(isVerb ? 'verb' : 'key', word, suggestion),
      expected: isVerb ? verbList : `one of ${companionNames.join(', ')} beside the verb`,
      suggestion,
    })
  }
  return strangers.length > 0
}

function checkCompanions(map: YAMLMap, verb: Verb, place: Place, check: Check): void {
  const allowed: readonly string[] = [...verbs[verb].companions, 'as', 'note']
  for (const pair of map.items) {
    const name = keyOf(pair)
    if (name === verb || !isCompanion(name)) continue
    if (!allowed.includes(name)) {
      complain(check, keyNode(pair, map), place, {
        code: 'KEY_UNKNOWN',
        message: `'${name}' does not go with '${verb}'`,
        expected: `one of ${allowed.join(', ')} beside '${verb}'; '${name}' goes with ${takers(name)}`,
      })
      continue
    }
    if (name === 'expect') checkExpect(verb, valueOf(pair), place, check)
    walk(valueOf(pair), companions[name], place, check)
  }
  if ((verb === 'await' || verb === 'stays' || verb === 'lifecycle') && !map.has('of'))
    requireCommand(map, verb, place, check)
  if (verb !== 'stays' || map.has('for')) return
  complain(check, map, place, {
    code: 'KEY_MISSING',
    message: "'stays' needs to know for how long",
    expected: 'for: 2s beside it',
  })
}

function requireCommand(map: YAMLMap, verb: Verb, place: Place, check: Check): void {
  if (check.progress.hasCommand) return
  complain(check, map, place, {
    code: 'NAME_UNKNOWN',
    message: `no command has been sent before this '${verb}'`,
    expected: 'a send above',
  })
}

function isCompanion(name: string): name is CompanionName {
  return Object.hasOwn(companions, name)
}

function takers(name: CompanionName): string {
  return verbNames.filter((verb) => (verbs[verb].companions as readonly string[]).includes(name)).join(', ')
}

function answersHttp(verb: Verb): boolean {
  return verb === 'send' || verb === 'query' || verb === 'request'
}

function checkExpect(verb: Verb, node: Node, place: Place, check: Check): void {
  if (answersHttp(verb)) checkAnswer(node, place, check)
  else if (isMap(node)) checkCommandFields(verb, node, place, check)
}

/** `await` and `stays` judge the command itself; a gateway may show further fields, but parts of an answer are none. */
function checkCommandFields(verb: Verb, map: YAMLMap, place: Place, check: Check): void {
  for (const pair of map.items) {
    const key = keyOf(pair)
    if (!Object.hasOwn(answerParts, key)) continue
    complain(check, keyNode(pair, map), place, {
      code: 'KEY_UNKNOWN',
      message: `'${key}' is no field of a command, and expect beside '${verb}' is about the command`,
      expected: `fields such as ${Object.keys(commandFields).slice(5, 8).join(', ')}; '${key}' goes below the expect of send, query, request`,
    })
  }
}

/** What an HTTP answer is judged by: `http`, `headers`, `body`. */
function checkAnswer(node: Node, place: Place, check: Check): void {
  if (isScalar(node) && typeof node.value === 'string' && node.value.includes('${')) return
  if (!isMap(node)) {
    complain(check, node, place, {
      code: 'VALUE_WRONG',
      message: 'expect takes an object here',
      expected: 'http, headers, body',
    })
    return
  }
  const names = Object.keys(answerParts)
  for (const pair of node.items) {
    const key = keyOf(pair)
    if (names.includes(key) || key.startsWith('$')) continue
    const suggestion = nearest(key, names)
    complain(check, keyNode(pair, node), place, {
      code: 'KEY_UNKNOWN',
      message: unknownWord('part of an answer', key, suggestion),
      expected: `one of ${names.join(', ')}; fields of the answer stand below body`,
      suggestion,
    })
  }
}
