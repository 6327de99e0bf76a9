import { HarnessError } from '../../contracts/index.ts'

/** What a lookup answers when an expression is not its business: the template stays as it is, for a later pass. */
export const keepTemplate: unique symbol = Symbol('keep the template')

/** Gives the value of an expression: `request.tid`, `fresh.key`, `faker:internet.ip`; `undefined` when there is none. */
export type Lookup = (expression: string) => unknown

/**
 * Fills every `${…}` in a value, at any depth, in values and not in keys. A text that is one whole `${…}` becomes the value with its
 * type; elsewhere a value is written into the text, objects as JSON. `$${` stands for `${`. What a lookup answers is not filled again.
 * Throws HarnessError TEMPLATE_INVALID, naming the expression, when the lookup answers `undefined`.
 */
export function renderTemplates(value: unknown, lookup: Lookup): unknown {
  return mapTexts(value, (text) => renderText(text, lookup, 'final'))
}

/**
 * Fills what the lookup knows and leaves the others, for which it answers `keepTemplate`; `$${` stays too, since a later pass reads it.
 * Throws as `renderTemplates` does.
 */
export function fillTemplates(value: unknown, lookup: Lookup): unknown {
  return mapTexts(value, (text) => renderText(text, lookup, 'partial'))
}

/** The expressions in a value, at any depth, in order; `$${` is none. */
export function templateExpressions(value: unknown): readonly string[] {
  const found: string[] = []
  mapTexts(value, (text) => {
    for (const part of splitTemplates(text)) if (part.kind === 'expression') found.push(part.expression)
    return text
  })
  return found
}

/** The expression of a text that is one whole `${…}`, else `undefined`. */
export function wholeTemplate(text: string): string | undefined {
  const [first, ...rest] = splitTemplates(text)
  return first?.kind === 'expression' && rest.length === 0 ? first.expression : undefined
}

/** A text in its parts; `broken` is a `${` without its end. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'escape'; readonly text: string }
  | { readonly kind: 'expression'; readonly text: string; readonly expression: string }
  | { readonly kind: 'broken'; readonly text: string }

const token = /(\$\$\{)|\$\{([^{}]*)\}|(\$\{)/g

export function splitTemplates(text: string): readonly TemplatePart[] {
  if (!text.includes('${')) return text === '' ? [] : [{ kind: 'text', text }]
  const parts: TemplatePart[] = []
  let at = 0
  for (const hit of text.matchAll(token)) {
    if (hit.index > at) parts.push({ kind: 'text', text: text.slice(at, hit.index) })
    parts.push(partOf(hit))
    at = hit.index + hit[0].length
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) })
  return parts
}

function partOf([text, escape, expression]: RegExpExecArray): TemplatePart {
  if (escape !== undefined) return { kind: 'escape', text }
  if (expression !== undefined) return { kind: 'expression', text, expression: expression.trim() }
  return { kind: 'broken', text }
}

/** The value at a path such as `body.items.0.code`, or `undefined`; only own properties count. */
export function valueAt(root: unknown, path: readonly string[]): unknown {
  let value = root
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Readonly<Record<string, unknown>>)[key]
  }
  return value
}

function renderText(text: string, lookup: Lookup, pass: 'final' | 'partial'): unknown {
  if (!text.includes('${')) return text
  const parts = splitTemplates(text)
  const [only] = parts
  if (parts.length === 1 && only?.kind === 'expression') {
    const value = valueOf(only.expression, lookup)
    return value === keepTemplate ? only.text : value
  }
  return parts.map((part) => renderPart(part, lookup, pass)).join('')
}

function renderPart(part: TemplatePart, lookup: Lookup, pass: 'final' | 'partial'): string {
  if (part.kind === 'text') return part.text
  if (part.kind === 'escape') return pass === 'final' ? '${' : part.text
  if (part.kind === 'broken') {
    throw new HarnessError(
      'TEMPLATE_INVALID',
      'Cannot fill a template: "${" has no closing "}". Close it, or write "$${" for the two characters.',
    )
  }
  const value = valueOf(part.expression, lookup)
  if (value === keepTemplate) return part.text
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function valueOf(expression: string, lookup: Lookup): unknown {
  const value = lookup(expression)
  if (value !== undefined) return value
  throw new HarnessError(
    'TEMPLATE_INVALID',
    `Cannot fill the template "\${${expression}}": nothing of that name is known here. Check the spelling, and that it is known by then.`,
  )
}

function mapTexts(value: unknown, change: (text: string) => unknown): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, change)]))
}
