import { closest, distance } from 'fastest-levenshtein'
import { HarnessError } from '../../contracts/index.ts'
import { isReporterName, reporters, type ReporterName } from './table.ts'

/** A reporter that was asked for; without a file it writes to standard output. */
export type ReporterChoice =
  | { readonly kind: 'ours'; readonly name: ReporterName; readonly file?: string }
  | { readonly kind: 'module'; readonly path: string; readonly file?: string }

/**
 * Reads `NAME`, `NAME:FILE`, `./my-reporter.mjs` or `./my-reporter.mjs:FILE`; Windows paths keep their drive.
 * Throws REPORTER_UNKNOWN, or OPTION_INVALID when the file is missing after the colon.
 */
export function parseReporterOption(text: string): ReporterChoice {
  const drive = /^[A-Za-z]:[\\/]/.test(text) ? 2 : 0
  const colon = text.indexOf(':', drive)
  const name = colon === -1 ? text : text.slice(0, colon)
  const file = colon === -1 ? undefined : text.slice(colon + 1)
  if (file === '') {
    throw new HarnessError(
      'OPTION_INVALID',
      `Cannot report with "${text}": there is no file after the colon. Write "${name}:FILE", or "${name}" for standard output.`,
    )
  }
  const to = file === undefined ? {} : { file }
  if (isReporterName(name)) return { kind: 'ours', name, ...to }
  if (looksLikePath(name)) return { kind: 'module', path: name, ...to }
  throw unknownReporter(name)
}

/**
 * Reads every `--reporter` of a command line. Throws OPTION_INVALID when two would write over each other.
 */
export function parseReporterOptions(texts: readonly string[]): readonly ReporterChoice[] {
  const choices = texts.map(parseReporterOption)
  const files = choices.flatMap(({ file }) => file ?? [])
  const twice = files.find((file, index) => files.indexOf(file) !== index)
  if (twice !== undefined) {
    throw new HarnessError(
      'OPTION_INVALID',
      `Cannot report twice into "${twice}": one report would overwrite the other. Name two files.`,
    )
  }
  const onScreen = choices.filter(({ file }) => file === undefined)
  const document = onScreen.find(
    (choice) => choice.kind === 'ours' && reporters[choice.name].output === 'document',
  )
  if (document?.kind === 'ours' && onScreen.length > 1) {
    throw new HarnessError(
      'OPTION_INVALID',
      `Cannot report with "${document.name}" beside others: both write to standard output. Give it a file, as in "${document.name}:FILE".`,
    )
  }
  return choices
}

function looksLikePath(name: string): boolean {
  return /[\\/]/.test(name) || /\.[cm]?[jt]s$/.test(name)
}

function unknownReporter(name: string): HarnessError {
  const names = Object.keys(reporters)
  const nearest = closest(name, names)
  const isNear = distance(name, nearest) <= Math.max(2, Math.floor(name.length / 3))
  const advice = isNear ? `Did you mean "${nearest}"?` : 'Name one of them, or the path of a module.'
  return new HarnessError(
    'REPORTER_UNKNOWN',
    `Cannot report with "${name}": there is no such reporter, only ${names.join(', ')}. ${advice}`,
    isNear ? { hint: nearest } : {},
  )
}
