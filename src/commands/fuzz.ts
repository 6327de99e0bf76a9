import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Level } from '../../contracts/index.ts'
import { applies, HarnessError } from '../../contracts/index.ts'
import type { FuzzFinding, FuzzOptions, FuzzPath, FuzzProgress, FuzzResult } from '../fuzz/index.ts'
import { fuzz as explore } from '../fuzz/index.ts'
import type { ExitCode, Io } from '../io.ts'
import type { Target } from '../scenario/index.ts'
import { performHere } from '../scenario/index.ts'
import { shellWord } from '../shell-word.ts'
import type { TestThreads, WorkerOptions } from '../test-threads.ts'
import { openThreads } from '../test-threads.ts'
import { createLiveLine } from './live-line.ts'

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
  /** How the target was named, so that it can be named again. */
  readonly gatewayCommand?: string
  readonly broker?: string
  readonly config?: string
}

type FuzzLimits = Pick<FuzzCommandOptions, 'runs' | 'seconds' | 'maxActs' | 'bail'>

/** Explores a gateway at random; what breaks a rule is printed and written as a minimal scenario file. */
export async function fuzz(options: FuzzCommandOptions, io: Io): Promise<ExitCode> {
  const { target } = options
  let isStopped = false
  const release = io.onStop(() => {
    isStopped = true
  })
  const threads = threadsFor(options, io)
  try {
    const result = await explore({
      ...termsOf(options, io),
      ...(threads === undefined ? {} : { perform: threads.perform }),
      isStopped: () => isStopped,
    })
    createLiveLine(io).clear()
    for (const finding of result.findings) report(finding, options, io)
    io.stdout.write(summary(result, options))
    if (result.lost !== undefined) return 2
    return result.findings.length === 0 ? 0 : 1
  } finally {
    release()
    await threads?.close()
    await target.close()
  }
}

function termsOf(options: FuzzCommandOptions, io: Io): FuzzOptions {
  const { target, seed } = options
  const level = levelOf(options)
  const path = options.path === undefined ? undefined : readPath(options.path)
  return {
    target,
    seed,
    ...limitsOf(options),
    ...(path === undefined ? {} : { path }),
    isFatal: ({ rule, level: own }) => applies(rule, own, { profile: target.profile, level }),
    now: () => io.wallMs(),
    onProgress: progressTeller(io),
  }
}

function levelOf({ level, target }: FuzzCommandOptions): Level {
  return level ?? (target.kind === 'reference' ? 'may' : 'should')
}

/** In virtual time exploring is bound by the processor, so it gets more than one. */
function threadsFor(options: FuzzCommandOptions, io: Io): TestThreads | undefined {
  const { target, seed, runs = Infinity, path } = options
  if (target.kind !== 'reference' || target.time !== 'virtual' || path !== undefined) return undefined
  const terms: WorkerOptions = {
    level: 'may',
    events: 'left out',
    reference: { accessSeed: seed, level: levelOf(options) },
  }
  return openThreads(runs, terms, performHere(target, 'may'), () => io.wallMs())
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

/** How often somebody who reads no terminal hears of it, in milliseconds. */
const newsMs = 10_000

/** One line that changes on a terminal; elsewhere a line from time to time. */
function progressTeller(io: Io): (progress: FuzzProgress) => void {
  const live = createLiveLine(io)
  let told = io.wallMs()
  return ({ doing, sequences, of, rules }) => {
    const found = rules.length === 0 ? 'nothing found' : `broken: ${rules.join(', ')}`
    const many = of === undefined ? `${sequences}` : `${sequences} of ${of}`
    const line = `${doing}: ${many} sequences, ${found}`
    live.show(line)
    if (!live.isWatched && io.wallMs() - told >= newsMs) {
      told = io.wallMs()
      io.stderr.write(`${line}\n`)
    }
  }
}

function report(
  { rule, finding, scenario, file, state, seed, path }: FuzzFinding,
  options: FuzzCommandOptions,
  io: Io,
): void {
  const unsure = state === 'verified' ? '' : ' (the file alone does not show it; play the path)'
  io.stdout.write(`${rule}${unsure}\n  seen: ${finding.seen}\n  due:  ${finding.due}\n\n`)
  io.stdout.write(`${scenario.replaceAll(/^(?=.)/gm, '    ')}\n`)
  const where = targetWords(options)
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

/** What names the gateway under test on a command line. */
function targetWords({ target, gatewayCommand, broker, config }: FuzzCommandOptions): string {
  if (target.kind === 'reference') return ''
  const words = {
    '--gateway': target.name,
    '--gateway-command': gatewayCommand,
    '--broker': broker,
    '--config': config,
  }
  return Object.entries(words)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name} ${shellWord(value)}`]))
    .join('')
}

function summary(
  { sequences, findings, perSecond, unplayed, lost }: FuzzResult,
  options: FuzzCommandOptions,
): string {
  const { seed } = options
  const rules = findings.length === 1 ? '1 rule broken' : `${findings.length} rules broken`
  const left = [...unplayed.values()].reduce((sum, count) => sum + count, 0)
  const skipped = left === 0 ? '' : `, ${left} could not be played (${[...unplayed.keys()][0] ?? ''})`
  const pace = perSecond < 10 ? perSecond.toFixed(1) : perSecond.toFixed(0)
  const line = `${sequences} sequences, ${pace} a second, seed ${seed}: ${rules}${skipped}\n`
  if (lost === undefined) return line
  const again = `dockrig fuzz --seed ${seed} --path ${lost.batch}:${lost.index}${actsOf(options)}${targetWords(options)}`
  return `${line}The target was lost: ${lost.message}\nSeen first in: ${again}\n`
}
