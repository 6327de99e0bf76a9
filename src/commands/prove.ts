import { closest } from 'fastest-levenshtein'
import { HarnessError } from '../../contracts/index.ts'
import type { ExitCode, Io } from '../io.ts'
import type { Extent, MatrixFacts, MatrixRow } from '../prove/index.ts'
import {
  defects,
  formatRow,
  formatSums,
  matrixDocument,
  matrixPage,
  matrixRows,
  openProveThreads,
  prove as proveAll,
  variants,
} from '../prove/index.ts'
import { openFileSink } from '../report/index.ts'
import { loadScenarioFiles, planTests } from '../scenario/index.ts'
import { bundledScenarios } from './paths.ts'
import { createProgressLine } from './progress-line.ts'

export interface ProveOptions {
  readonly full?: boolean
  readonly json?: boolean
  /** File for the matrix: Markdown, or JSON when its name says so. */
  readonly matrix?: string
  readonly only?: readonly string[]
  readonly seed: number
  /** How many gateways are tried side by side, each in a thread of its own. */
  readonly threads?: number
}

/** Runs the suite against gateways with one known defect, and against permitted variants: the verdict on the suite itself. */
export async function prove(options: ProveOptions, io: Io): Promise<ExitCode> {
  const names = [...defects, ...variants].map(({ name }) => name)
  for (const name of options.only ?? []) requireName(name, names)
  const matrix = matrixFile(options.matrix, io)
  const { scenarios } = await loadScenarioFiles([bundledScenarios(io.cwd)], io.cwd)
  const tests = planTests(scenarios, { seed: options.seed })
  const facts = { extent: extentOf(options), seed: options.seed, tests: tests.length }
  const isChosen = ({ name }: { readonly name: string }): boolean => options.only?.includes(name) ?? true
  const rows = await proveThem(tests, { ...options, isChosen, extent: facts.extent }, io)
  const isWhole = rows.length >= names.filter((name) => isChosen({ name })).length
  if (isWhole) matrix?.write(rows, facts)
  if (options.json === true) io.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
  else io.stdout.write(formatSums(rows))
  if (!isWhole) {
    const kept = options.matrix === undefined ? '' : ` "${options.matrix}" is left as it was.`
    io.stderr.write(`Ended before all were tried: ${rows.length} were.${kept}\n`)
  }
  return rows.some(isBad) ? 1 : 0
}

interface Undertaking extends ProveOptions {
  readonly isChosen: (subject: { readonly name: string }) => boolean
  readonly extent: Extent
}

/** Tries what is chosen, and prints each line as soon as those before it are there. */
async function proveThem(
  tests: ReturnType<typeof planTests>,
  { isChosen, extent, json, threads: hands }: Undertaking,
  io: Io,
): Promise<readonly MatrixRow[]> {
  const chosen = { defects: defects.filter(isChosen), variants: variants.filter(isChosen) }
  const total = chosen.defects.length + chosen.variants.length
  const width = Math.max(...[...chosen.defects, ...chosen.variants].map(({ name }) => name.length))
  const threads = openProveThreads({ tests, extent }, total, hands)
  const line = createProgressLine(io, extent)
  let isStopped = false
  const release = io.onStop(() => {
    isStopped = true
    void threads.close()
  })
  const rows: MatrixRow[] = []
  try {
    for await (const proof of proveAll(tests, {
      ...chosen,
      extent,
      helpers: threads.helpers,
      isStopped: () => isStopped,
      onProgress: (progress) => line.show(progress),
    })) {
      const added = matrixRows([proof])
      rows.push(...added)
      if (json !== true) line.above(added.map((row) => formatRow(row, width)).join(''))
    }
    return rows
  } finally {
    line.end()
    release()
    await threads.close()
  }
}

function extentOf({ full, matrix }: ProveOptions): Extent {
  if (full === true) return 'full'
  return matrix === undefined ? 'fast' : 'families'
}

/** Tries at once whether the file can be written, and writes it only when all is known. Throws FILE_UNWRITABLE. */
function matrixFile(
  path: string | undefined,
  { cwd }: Io,
): { write(rows: readonly MatrixRow[], facts: MatrixFacts): void } | undefined {
  if (path === undefined) return undefined
  void openFileSink(cwd, path, 'append').close()
  return {
    write(rows, facts) {
      const sink = openFileSink(cwd, path, 'replace')
      const isJson = path.endsWith('.json')
      sink.write(
        isJson ? `${JSON.stringify(matrixDocument(rows, facts), null, 2)}\n` : matrixPage(rows, facts),
      )
      void sink.close()
    },
  }
}

function requireName(name: string, names: readonly string[]): void {
  if (names.includes(name)) return
  throw new HarnessError(
    'OPTION_INVALID',
    `Cannot try "${name}": there is no defect or variant of that name, the nearest is "${closest(name, names)}". docs/defects.md names all.`,
  )
}

function isBad({ kind }: MatrixRow): boolean {
  return kind === 'falseAlarm' || kind === 'survived'
}
