import { styleText } from 'node:util'

/** Kinds of problems in a scenario file. */
export const problemCodes = [
  'YAML_SYNTAX',
  'LIMIT_EXCEEDED',
  'KEY_UNKNOWN',
  'KEY_MISSING',
  'VALUE_WRONG',
  'VERB_UNKNOWN',
  'VERB_MISSING',
  'VERB_REPEATED',
  'NAME_UNKNOWN',
  'RULE_UNKNOWN',
  'METHOD_UNKNOWN',
  'MATCHER_WRONG',
  'TEMPLATE_WRONG',
  'EXAMPLE_WRONG',
  'LIFECYCLE_IMPOSSIBLE',
  'RELEASE_IMPOSSIBLE',
  'FILE_NAME',
  'FILE_UNREADABLE',
] as const
export type ProblemCode = (typeof problemCodes)[number]

/** One thing that is wrong in a scenario file; lines and columns count from 1, `endColumn` is past the last character. */
export interface Problem {
  readonly code: ProblemCode
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endColumn: number
  /** In words: "unknown verb 'sned', did you mean 'send'?". */
  readonly message: string
  /** What would be right here. */
  readonly expected?: string
  /** The nearest right spelling. */
  readonly suggestion?: string
}

/** How a problem is printed. */
export interface ProblemFormat {
  readonly color: boolean
}

/** A problem as lines for people: place and message, the line with its neighbour above and a caret, and what was expected. */
export function formatProblem(problem: Problem, text: string, format: ProblemFormat): string {
  const paint = (style: 'red' | 'dim' | 'bold', part: string): string =>
    format.color ? styleText(style, part, { validateStream: false }) : part
  const place = `${problem.file}:${problem.line}:${problem.column}`
  const head = `${paint('bold', place)} ${problem.message}`
  // what the message says already is not said twice
  const isSaid = problem.expected === undefined || problem.message.includes(problem.expected)
  const expected = isSaid ? [] : [`  expected ${problem.expected}`]
  return [head, ...frame(problem, text, paint), ...expected].join('\n')
}

type Paint = (style: 'red' | 'dim' | 'bold', part: string) => string

const widest = 100

function frame(problem: Problem, text: string, paint: Paint): readonly string[] {
  const lines = text.split(/\r?\n/)
  const line = lines[problem.line - 1]
  if (line === undefined) return []
  const digits = String(problem.line).length
  const gutter = (number: string, mark: string): string => `${mark} ${number.padStart(digits)} | `
  const above = problem.line > 1 ? lines[problem.line - 2] : undefined
  const { shown, offset } = cut(visible(line), problem.column)
  const carets = '^'.repeat(Math.max(1, Math.min(problem.endColumn, line.length + 1) - problem.column))
  const room = Math.max(1, widest - (problem.column - 1 - offset))
  const pointer = ' '.repeat(Math.max(0, problem.column - 1 - offset)) + paint('red', carets.slice(0, room))
  return [
    ...(above === undefined
      ? []
      : [paint('dim', gutter(String(problem.line - 1), ' ') + cut(visible(above), 1).shown)]),
    paint('red', gutter(String(problem.line), '>')) + shown,
    gutter('', ' ') + pointer,
  ].map((part) => part.trimEnd())
}

/** A long line is shown from a little before the place that matters. */
function cut(line: string, column: number): { readonly shown: string; readonly offset: number } {
  const offset = column <= widest - 20 ? 0 : column - 40
  const end = offset + widest
  const shown = line.slice(offset, end)
  return { shown: `${offset > 0 ? `…${shown.slice(1)}` : shown}${end < line.length ? '…' : ''}`, offset }
}

/** One character for one: tabs and control characters would move the caret or the terminal. */
function visible(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, (character) => (character === '\t' ? ' ' : '·'))
}
