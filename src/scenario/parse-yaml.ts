import type { Document, Node } from 'yaml'
import { isAlias, isCollection, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml'
import { nestedBeyond } from './nesting.ts'
import type { Problem, ProblemCode } from './problem.ts'

/** Limits of a scenario file (SCENARIOS: errors in a scenario file). */
export const limits = { bytes: 1024 * 1024, levels: 64, aliases: 100, examples: 10_000 } as const

/** Where a stretch of text lies in its file. */
export interface Span {
  readonly line: number
  readonly column: number
  readonly endColumn: number
}

/** One YAML document of a file, with its plain value and the way back to lines and columns. */
export interface ParsedDocument {
  readonly document: Document.Parsed
  readonly value: unknown
  spanOf(range: readonly [number, number, ...number[]]): Span
}

export interface ParsedYaml {
  readonly documents: readonly ParsedDocument[]
  readonly problems: readonly Problem[]
}

/** Reads YAML 1.2 with positions. Everything that is wrong with it is a problem; nothing is thrown. */
export function parseYaml(file: string, text: string): ParsedYaml {
  if (Buffer.byteLength(text) > limits.bytes)
    return refused(file, 'LIMIT_EXCEEDED', 'the file is larger than 1 MiB')
  const lines = new LineCounter()
  const tooDeep = nestedBeyond(text, limits.levels * 2)
  if (tooDeep !== undefined) return deep(file, text, tooDeep)
  try {
    const parsed = parseAllDocuments(text, {
      lineCounter: lines,
      version: '1.2',
      schema: 'core',
      uniqueKeys: true,
      prettyErrors: false,
      logLevel: 'error',
    })
    // without any document the parser gives an empty list
    const documents = Array.isArray(parsed) ? parsed : []
    if (documents.length === 0) return refused(file, 'KEY_MISSING', 'the file is empty')
    const spanOf = (range: readonly [number, number, ...number[]]): Span => spanIn(lines, range)
    const results = documents.map((document) => readDocument(file, document as Document.Parsed, spanOf))
    return {
      documents: results.flatMap(({ read }) => (read === undefined ? [] : [read])),
      problems: results.flatMap(({ problems }) => problems),
    }
  } catch (error) {
    // the parser is recursive: only a text nested beyond reason exhausts the stack
    if (error instanceof RangeError)
      return refused(file, 'LIMIT_EXCEEDED', `the file is nested deeper than ${limits.levels} levels`)
    throw error
  }
}

interface ReadDocument {
  readonly read?: ParsedDocument
  readonly problems: readonly Problem[]
}

type SpanOf = ParsedDocument['spanOf']

function readDocument(file: string, document: Document.Parsed, spanOf: SpanOf): ReadDocument {
  const report = (
    code: ProblemCode,
    range: readonly [number, number, ...number[]],
    message: string,
  ): Problem => ({
    code,
    file,
    ...spanOf(range),
    message,
  })
  const syntax = [...document.errors, ...document.warnings].map((error) =>
    report('YAML_SYNTAX', error.pos, sentence(error.code, error.message)),
  )
  if (syntax.length > 0) return { problems: firstOfEachLine(syntax) }
  const beyond = beyondLimits(document, report)
  if (beyond.length > 0) return { problems: beyond }
  try {
    return {
      read: { document, value: document.toJS({ maxAliasCount: limits.aliases }), spanOf },
      problems: [],
    }
  } catch {
    const range = document.contents?.range ?? [0, 0, 0]
    return {
      problems: [
        report('LIMIT_EXCEEDED', range, `the file expands its aliases more than ${limits.aliases} times`),
      ],
    }
  }
}

/** What the parser says next about a line that it did not understand helps nobody. */
function firstOfEachLine(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    ({ line }, position) => problems.findIndex((other) => other.line === line) === position,
  )
}

type Report = (code: ProblemCode, range: readonly [number, number, ...number[]], message: string) => Problem

function beyondLimits(document: Document.Parsed, report: Report): readonly Problem[] {
  const found: Problem[] = []
  visit(document, {
    Pair(_key, pair) {
      if (isCollection(pair.key))
        found.push(report('VALUE_WRONG', rangeOf(pair.key), 'a key is a text, not a list or an object'))
    },
    Node(key, node, path) {
      const range = rangeOf(node)
      if (path.filter((parent) => isCollection(parent)).length > limits.levels) {
        found.push(report('LIMIT_EXCEEDED', range, `this is nested deeper than ${limits.levels} levels`))
        return visit.BREAK
      }
      if (isAlias(node) && path.includes(node.resolve(document) as Node)) {
        found.push(report('LIMIT_EXCEEDED', range, 'this alias stands within what it stands for'))
        return visit.BREAK
      }
      if (isScalar(node) && typeof node.value === 'number')
        found.push(...unsafeNumber(node.value, range, report))
      return undefined
    },
  })
  return found
}

function unsafeNumber(
  value: number,
  range: readonly [number, number, ...number[]],
  report: Report,
): readonly Problem[] {
  if (!Number.isFinite(value)) return [report('VALUE_WRONG', range, 'JSON cannot carry this number')]
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return []
  return [report('LIMIT_EXCEEDED', range, 'integers beyond 2^53 lose digits; write it as a text, in quotes')]
}

function rangeOf(node: Node): readonly [number, number, ...number[]] {
  return node.range ?? [0, 0, 0]
}

function spanIn(lines: LineCounter, range: readonly [number, number, ...number[]]): Span {
  const start = lines.linePos(range[0])
  const end = lines.linePos(range[1])
  // a value of several lines is marked to the end of its first one
  const endColumn = end.line === start.line ? end.col : Number.MAX_SAFE_INTEGER
  return {
    line: Math.max(1, start.line),
    column: Math.max(1, start.col),
    endColumn: Math.max(endColumn, start.col + 1),
  }
}

function refused(file: string, code: ProblemCode, message: string): ParsedYaml {
  return {
    documents: [],
    problems: [{ code, file, line: 1, column: 1, endColumn: 2, message }],
  }
}

function deep(file: string, text: string, offset: number): ParsedYaml {
  const line = text.slice(0, offset).split('\n').length
  const column = offset - text.lastIndexOf('\n', offset - 1)
  const message = `this is nested deeper than ${limits.levels} levels`
  return {
    documents: [],
    problems: [{ code: 'LIMIT_EXCEEDED', file, line, column, endColumn: column + 1, message }],
  }
}

/** The parser's own message, in a sentence that a scenario's author understands where it needs one. */
function sentence(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'this key stands twice in its object'
  if (code === 'TAG_RESOLVE_FAILED') return 'custom tags are not allowed'
  const plain = message.split('\n')[0] ?? message
  return `this is not YAML: ${plain.charAt(0).toLowerCase()}${plain.slice(1)}`
}
