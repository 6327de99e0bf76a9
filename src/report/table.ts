import type { Reporter } from '../scenario/index.ts'
import { createBadgeReporter } from './badge.ts'
import { createBadgeSvgReporter } from './badge-svg.ts'
import { createConformanceJsonReporter } from './conformance-json.ts'
import { createConformanceMarkdownReporter } from './conformance-markdown.ts'
import { createConformanceReporter } from './conformance-text.ts'
import { createCtrfReporter } from './ctrf.ts'
import { createGithubReporter } from './github.ts'
import { createJunitReporter } from './junit.ts'
import { createNdjsonReporter } from './ndjson.ts'
import { createPrettyReporter } from './pretty.ts'
import type { ReporterContext } from './reporter-context.ts'
import { createTapReporter } from './tap.ts'

/** What the table says of a reporter. */
export interface ReporterEntry {
  /** For the help text: what it writes, for whom. */
  readonly description: string
  /** `lines` may stand among others on standard output; a `document` has its output to itself. */
  readonly output: 'lines' | 'document'
  create(context: ReporterContext): Reporter
}

/** Every reporter: a new one is a file beside this and a line here. */
export const reporters = {
  pretty: {
    description: 'progress, failures and a summary for people',
    output: 'lines',
    create: createPrettyReporter,
  },
  ndjson: {
    description: 'every event as a line of JSON; the same bytes for the same seed',
    output: 'document',
    create: createNdjsonReporter,
  },
  junit: {
    description: 'JUnit XML, a suite per file, for most CI servers',
    output: 'document',
    create: createJunitReporter,
  },
  github: {
    description: 'annotations on the scenario files and a job summary, for GitHub Actions',
    output: 'lines',
    create: createGithubReporter,
  },
  tap: { description: 'TAP version 14 with YAML diagnostics', output: 'document', create: createTapReporter },
  ctrf: { description: 'Common Test Report Format (JSON)', output: 'document', create: createCtrfReporter },
  conformance: {
    description: 'what the run says about each rule of the contract, with a score per family',
    output: 'document',
    create: createConformanceReporter,
  },
  'conformance-json': {
    description: 'the same as JSON, for programs',
    output: 'document',
    create: createConformanceJsonReporter,
  },
  'conformance-markdown': {
    description: 'the same as a Markdown table, for a pull request',
    output: 'document',
    create: createConformanceMarkdownReporter,
  },
  badge: {
    description: 'a badge as JSON, for the endpoint of shields.io',
    output: 'document',
    create: createBadgeReporter,
  },
  'badge-svg': {
    description: 'the same badge as a picture',
    output: 'document',
    create: createBadgeSvgReporter,
  },
} as const satisfies Readonly<Record<string, ReporterEntry>>

export type ReporterName = keyof typeof reporters

export function isReporterName(name: string): name is ReporterName {
  return Object.hasOwn(reporters, name)
}
