import type { TSchema } from 'typebox'
import type { Node, Scalar } from 'yaml'
import type { ParsedDocument } from './parse-yaml.ts'
import type { Problem, ProblemCode } from './problem.ts'

/** A definition of the language as the walker reads it: a JSON Schema with the language's own words. */
export type Definition = { readonly [word: string]: unknown }

/** What holds at a place of the file: which templates make sense there, and the example row whose values are looked at. */
export interface Place {
  readonly templates: 'none' | 'allowed'
  readonly inBehaviour: boolean
  readonly inRepeat: boolean
  readonly hasEach: boolean
  /** Name of the row while its values are checked in the place of `${example.…}`. */
  readonly row?: string
}

/** A row of `examples`. */
export interface Row {
  readonly name: string
  readonly node: Node
  readonly value: Readonly<Record<string, unknown>>
}

/** A device of the file. `size` is set where `count` makes several; `unknown` where a template gives the number. */
export interface DeclaredDevice {
  readonly name: string
  readonly size?: number | 'unknown'
  readonly holds: boolean
}

/** What the file declares, read before its steps are checked. */
export interface Declared {
  readonly rows: readonly Row[]
  readonly devices: ReadonlyMap<string, DeclaredDevice>
  /** Every `as` of the file, wherever it stands. */
  readonly names: ReadonlySet<string>
  readonly marks: ReadonlySet<string>
}

/** What was met on the way down the file so far. */
export interface Progress {
  readonly names: Set<string>
  readonly marks: Set<string>
  hasCommand: boolean
}

/** A problem before it has a place. */
export interface Complaint {
  readonly code: ProblemCode
  readonly message: string
  readonly expected?: string | undefined
  readonly suggestion?: string | undefined
}

/** The check of one document: what it declares, what was met, and what was found wrong. */
export interface Check {
  readonly file: string
  readonly parsed: ParsedDocument
  readonly declared: Declared
  readonly progress: Progress
  readonly problems: Problem[]
  /** What was complained of already, by place and message. */
  readonly seen: Set<string>
  readonly fakers: { readonly path: string; readonly node: Node; readonly row?: string | undefined }[]
  /** Nodes of `command_type` in steps that say which HTTP status they expect. */
  readonly refused: Set<Node>
  /** What a kind of value is checked for beyond its shape; injected, since kinds walk on. */
  readonly kinds: Readonly<Record<string, KindCheck>>
  readonly definitions: Readonly<Record<string, Definition | TSchema>>
  /** Checks the templates of one text. */
  readonly checkText: (node: Scalar, place: Place, check: Check) => void
}

export type KindCheck = (node: Node, place: Place, check: Check) => void

/** A check that has met nothing yet. */
export function openCheck(
  terms: Pick<Check, 'file' | 'parsed' | 'declared' | 'kinds' | 'definitions' | 'checkText'>,
): Check {
  return {
    ...terms,
    progress: { names: new Set(), marks: new Set(), hasCommand: false },
    problems: [],
    seen: new Set(),
    fakers: [],
    refused: new Set(),
  }
}

/** Notes a problem at a node; the example row in whose place it was found is named. */
export function complain(check: Check, node: Node, place: Place, complaint: Complaint): void {
  const span = check.parsed.spanOf(node.range ?? [0, 1, 1])
  const row = place.row === undefined ? '' : ` (in the example '${place.row}')`
  const { code, expected, suggestion } = complaint
  const problem: Problem = {
    code,
    file: check.file,
    ...span,
    message: complaint.message + row,
    ...(expected === undefined ? {} : { expected }),
    ...(suggestion === undefined ? {} : { suggestion }),
  }
  // a row that two steps use is wrong once
  const key = `${problem.line}:${problem.column}:${problem.message}`
  if (check.seen.has(key)) return
  check.seen.add(key)
  check.problems.push(problem)
}
