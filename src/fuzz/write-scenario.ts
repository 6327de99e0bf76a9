import { Document, isCollection, isMap, isSeq } from 'yaml'
import type { Node } from 'yaml'
import { needsOf } from './needs-of.ts'
import type { ScenarioData, StepData } from './scenario-data.ts'

/** Lines that are longer than this are broken. */
const widest = 110

/** The text of a scenario file that does this and proves this rule; small maps stand on one line. */
export function writeScenario(data: ScenarioData, rule: string): string {
  const needs = needsOf(data.steps)
  const document = new Document({
    scenario: sentenceOf(data.steps, rule),
    proves: [rule],
    ...(needs.length === 0 ? {} : { needs }),
    ...(needs.some((need) => need.endsWith('-control')) ? { exclusive: true } : {}),
    tags: ['fuzz'],
    devices: data.devices,
    steps: data.steps,
  })
  const { contents } = document
  if (isMap(contents)) {
    for (const { key, value } of contents.items) {
      const isDeep = String(key) === 'steps' || String(key) === 'devices'
      if (isCollection(value)) layOut(value, isDeep ? 'deep' : 'flat')
    }
  }
  return document.toString({ lineWidth: widest })
}

/** What the scenario proves, by what is done in it: "lifecycle-final holds after send, wait and query". */
export function sentenceOf(steps: readonly StepData[], rule: string): string {
  const verbs = steps.map((step) => {
    const [verb = '', body] = Object.entries(step)[0] ?? []
    return verb === 'gateway' || verb === 'broker' ? `${verb} ${wordOf(body)}` : verb
  })
  const different = [...new Set(verbs)]
  const before = different.slice(0, -1).join(', ')
  const last = different.at(-1) ?? 'nothing'
  return `${rule} holds after ${before === '' ? last : `${before} and ${last}`}`
}

function wordOf(body: unknown): string {
  if (typeof body === 'string') return body
  return typeof body === 'object' && body !== null ? Object.keys(body).join(' ') : String(body)
}

/** Writes a collection on one line when it fits there, and its parts below each other when not. */
function layOut(node: Node, how: 'deep' | 'flat'): void {
  if (!isCollection(node)) return
  if (how === 'flat' || fits(node)) {
    node.flow = true
    return
  }
  for (const item of node.items) {
    const part = isNodePair(item) ? item.value : item
    if (isStep(part)) layOutStep(part)
    else if (isCollection(part)) layOut(part, 'deep')
  }
}

/** A step keeps its verb and its companions on lines of their own. */
function layOutStep(step: Node): void {
  if (!isMap(step)) return
  for (const { value } of step.items) if (isCollection(value)) layOut(value, 'deep')
}

function isStep(node: unknown): node is Node {
  return isMap(node) && node.items.some(({ key }) => stepVerbs.has(String(key)))
}

const stepVerbs = new Set(['send', 'query', 'wait', 'release', 'device', 'gateway', 'broker', 'parallel'])

function isNodePair(item: unknown): item is { readonly key: unknown; readonly value: Node } {
  return typeof item === 'object' && item !== null && 'key' in item && 'value' in item
}

function fits(node: Node): boolean {
  if (isSeq(node) && node.items.some(isStep)) return false
  return JSON.stringify(node.toJSON()).length < widest - 20
}
