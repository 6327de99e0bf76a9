import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Level } from '../../contracts/index.ts'
import { applies, HarnessError } from '../../contracts/index.ts'
import type { FuzzFinding, FuzzPath, FuzzProgress, FuzzResult } from '../fuzz/index.ts'
import { fuzz as explore } from '../fuzz/index.ts'
import type { ExitCode, Io } from '../io.ts'
import type { Target } from '../scenario/index.ts'

export interface FuzzCommandOptions {
  readonly seed: number
  readonly runs?: number
  readonly seconds?: number
  readonly maxActs?: number
  readonly bail?: number
  readonly level?: Level
  /** `batch:index`, as a finding names it. */
  readonly path?: string
  /** Folder for the scenario files of what was found; without it their text is printed only. */
  readonly out?: string
  readonly target: Target
}

type FuzzLimits = Pick<FuzzCommandOptions, 'runs' | 'seconds' | 'maxActs' | 'bail'>

/** Explores a gateway at random; what breaks a rule is printed and written as a minimal scenario file. */
export async function fuzz(options: FuzzCommandOptions, io: Io): Promise<ExitCode> {
  const { target, seed } = options
  const level = options.level ?? (target.kind === 'reference' ? 'may' : 'should')
  const path = options.path === undefined ? undefined : readPath(options.path)
  let isStopped = false
  const release = io.onStop(() => {
    isStopped = true
  })
  try {
    const result = await explore({
      target,
      seed,
      ...limitsOf(options),
      ...(path === undefined ? {} : { path }),
      isFatal: ({ rule, level: own }) => applies(rule, own, { profile: target.profile, level }),
      now: () => io.wallMs(),
      isStopped: () => isStopped,
      onProgress: (progress) => showProgress(progress, io),
    })
    if (io.stderr.isTTY) io.stderr.write('\r\u001B[K')
    for (const finding of result.findings) report(finding, options, io)
    io.stdout.write(summary(result, seed))
    return result.findings.length === 0 ? 0 : 1
  } finally {
    release()
    await target.close()
  }
}

/** Only the limits that were given. */
function limitsOf({ runs, seconds, maxActs, bail }: FuzzCommandOptions): FuzzLimits {
  return {
    ...(runs === undefined ? {} : { runs }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(maxActs === undefined ? {} : { maxActs }),
    ...(bail === undefined ? {} : { bail }),
  }
}

function readPath(text: string): FuzzPath {
  const [, batch, index] = /^(\d{1,9}):(\d{1,3})$/.exec(text) ?? []
  if (batch !== undefined) return { batch: Number(batch), index: Number(index) }
  throw new HarnessError(
    'OPTION_INVALID',
    `Cannot play the path "${text}": it is none. Copy it from a finding, as in 39:4.`,
  )
}

function showProgress({ doing, sequences, rules }: FuzzProgress, io: Io): void {
  if (!io.stderr.isTTY) return
  const found = rules.length === 0 ? 'nothing found' : `broken: ${rules.join(', ')}`
  const line = `${doing}: ${sequences} sequences, ${found}`
  io.stderr.write(`\r\u001B[K${line.slice(0, Math.max(20, io.stderr.columns - 1))}`)
}

function report(
  { rule, finding, scenario, file, state, seed, path }: FuzzFinding,
  options: FuzzCommandOptions,
  io: Io,
): void {
  const unsure = state === 'verified' ? '' : ' (the file alone does not show it; play the path)'
  io.stdout.write(`${rule}${unsure}\n  seen: ${finding.seen}\n  due:  ${finding.due}\n\n`)
  io.stdout.write(`${scenario.replaceAll(/^(?=.)/gm, '    ')}\n`)
  const where = options.target.kind === 'external' ? ` --gateway ${options.target.name}` : ''
  io.stdout.write(`  again: dockrig fuzz --seed ${seed} --path ${path}${actsOf(options)}${where}\n`)
  if (options.out !== undefined) {
    const name = join(options.out, file)
    write(resolve(io.cwd, name), scenario)
    io.stdout.write(`  file:  dockrig test ${name}${where}\n`)
  }
  io.stdout.write('\n')
}

/** The path means something else when sequences are longer or shorter. */
function actsOf({ maxActs }: FuzzCommandOptions): string {
  return maxActs === undefined ? '' : ` --max-acts ${maxActs}`
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  } catch (error) {
    throw new HarnessError(
      'FILE_UNWRITABLE',
      `Cannot write the scenario to "${file}": ${error instanceof Error ? error.message : String(error)}. Choose another place.`,
      { cause: error },
    )
  }
}

function summary({ sequences, findings, perSecond, unplayed }: FuzzResult, seed: number): string {
  const rules = findings.length === 1 ? '1 rule broken' : `${findings.length} rules broken`
  const left = [...unplayed.values()].reduce((sum, count) => sum + count, 0)
  const skipped = left === 0 ? '' : `, ${left} could not be played (${[...unplayed.keys()][0] ?? ''})`
  return `${sequences} sequences, ${perSecond.toFixed(0)} a second, seed ${seed}: ${rules}${skipped}\n`
}
