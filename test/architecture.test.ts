import { basename, dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Edge } from './support/source-files.ts'
import { edgesOf, findCycle, functionsOf, sourceFiles } from './support/source-files.ts'

const files = sourceFiles(['contracts', 'simulator', 'src'])
const edges = files.flatMap(edgesOf)
const own = edges.filter(({ to }) => to.endsWith('.ts'))

/** The room that a file belongs to; files of `src` itself put the rooms together. */
function roomOf(path: string): string {
  if (path.startsWith('contracts/')) return 'contracts'
  if (path.startsWith('simulator/')) return 'simulator'
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? 'src'
}

/** Which rooms a room may look into. `prove`, `fuzz` and `dashboard` are begun only when their command is. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  contracts: [],
  simulator: ['contracts'],
  gateway: ['contracts'],
  scenario: ['contracts', 'simulator'],
  report: ['contracts', 'scenario'],
  dashboard: ['contracts', 'simulator', 'scenario', 'report', 'src'],
  prove: ['contracts', 'simulator', 'gateway', 'scenario', 'report', 'src'],
  fuzz: ['contracts', 'simulator', 'scenario', 'report', 'src'],
  control: ['contracts', 'simulator', 'scenario', 'src'],
  src: ['contracts', 'simulator', 'gateway', 'scenario', 'report', 'commands'],
  commands: [
    'contracts',
    'simulator',
    'gateway',
    'scenario',
    'report',
    'src',
    'control',
    'prove',
    'fuzz',
    'dashboard',
  ],
}

/** Only these of `src` may begin a command; the others are its parts. */
const doors = ['src/program.ts', 'src/program-proofs.ts', 'src/cli.ts']

function show({ from, to, names }: Edge): string {
  return `${from} -> ${to}${names.length > 0 ? ` (${names.join(', ')})` : ''}`
}

describe('the house', () => {
  it('has no room that this test does not know', () => {
    expect(
      [...new Set(files.map(({ path }) => roomOf(path)))].filter((room) => mayImport[room] === undefined),
    ).toEqual([])
  })

  it('imports in one direction only', () => {
    const wrong = own.filter(({ from, to }) => {
      const [here, there] = [roomOf(from), roomOf(to)]
      return here !== there && mayImport[here]?.includes(there) !== true
    })

    expect(wrong.map(show)).toEqual([])
  })

  it('lets only the program begin commands', () => {
    const wrong = own.filter(
      ({ from, to, how }) =>
        roomOf(to) === 'commands' && roomOf(from) === 'src' && !(doors.includes(from) && how === 'lazy'),
    )

    expect(wrong.map(show)).toEqual([])
  })

  it('keeps the judge and what only it knows out of the gateway', () => {
    const judges =
      /^(createJudge|mapReply|next|nextState|canFollow|applies|tidOf)$|^(judge|checks\/|mapping|lifecycle)/
    const wrong = own.filter(
      ({ from, to, names }) =>
        roomOf(from) === 'gateway' &&
        roomOf(to) === 'contracts' &&
        (to !== 'contracts/index.ts' || names.some((name) => judges.test(name))),
    )

    expect(wrong.map(show)).toEqual([])
  })

  it('enters another room through its index', () => {
    const wrong = own.filter(
      ({ from, to }) =>
        roomOf(from) !== roomOf(to) &&
        !['src', 'commands'].includes(roomOf(to)) &&
        basename(to) !== 'index.ts',
    )

    expect(wrong.map(show)).toEqual([])
  })

  it('has no cycle', () => {
    expect(findCycle(own.filter(({ how }) => how === 'eager'))).toBeUndefined()
  })

  it('loads proving and fuzzing only when they are asked for', () => {
    const wrong = own.filter(
      ({ from, to, how }) =>
        ['prove', 'fuzz'].includes(roomOf(to)) && roomOf(from) !== roomOf(to) && how === 'eager',
    )
    // A command is itself loaded only when it is called.
    expect(wrong.filter(({ from }) => roomOf(from) !== 'commands').map(show)).toEqual([])
  })

  it('names no file after nothing in particular', () => {
    const forbidden = /(^|-)(utils?|helpers?|common|misc|types?|managers?|service)(-|\.ts$)/

    const wrong = files.map(({ path }) => path).filter((path) => forbidden.test(basename(path)))

    // `a services message` is the contract's own word: the MQTT topic family.
    expect(wrong.filter((path) => path !== 'src/gateway/service-message.ts')).toEqual([])
  })

  it('names files in kebab-case', () => {
    expect(
      files.map(({ path }) => path).filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(basename(path))),
    ).toEqual([])
  })
})

describe('time and chance', () => {
  const words =
    /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bset(Timeout|Interval)\(|\bMath\.random\b|\brandomUUID\b/
  const owners = ['simulator/clock.ts', 'simulator/identity.ts', 'src/cli.ts']

  it('come in through one door', () => {
    const wrong = files.filter(
      ({ path, text }) => !owners.includes(path) && words.test(withoutComments(text)),
    )

    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  it('leave turns of the event loop to the file that waits for quiet', () => {
    const wrong = files.filter(
      ({ path, text }) => path !== 'simulator/quiet.ts' && /\bsetImmediate\b/.test(withoutComments(text)),
    )

    expect(wrong.map(({ path }) => path)).toEqual([])
  })
})

describe('sizes', () => {
  /** Longer than 250 lines, and why. */
  const longFiles: Readonly<Record<string, string>> = {}
  /** Longer than 50 lines or with more than 4 parameters, and why. */
  const longFunctions: Readonly<Record<string, string>> = {
    'contracts/checks/decided.ts isReached': 'a switch over rule ids that reads five facts of one reply',
  }

  it('keep files to 250 lines', () => {
    const lines = files.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))

    const wrong = lines.filter(({ path, lines }) => lines > 250 && longFiles[path] === undefined)

    expect(wrong).toEqual([])
  })

  it('keep functions to 50 lines and 4 parameters', () => {
    const all = files.flatMap(functionsOf)

    const wrong = all.filter(
      ({ name, lines, parameters }) =>
        (lines > 50 || parameters > 4) && longFunctions[name.split(' (')[0] ?? ''] === undefined,
    )

    expect(wrong).toEqual([])
  })
})

describe('this test', () => {
  it('sees a cycle where there is one', () => {
    const edge = (from: string, to: string): Edge => ({ from, to, names: [], how: 'eager' })

    expect(findCycle([edge('a', 'b'), edge('b', 'c'), edge('c', 'b')])).toEqual(['b', 'c', 'b'])
    expect(findCycle([edge('a', 'b'), edge('a', 'c'), edge('b', 'c')])).toBeUndefined()
  })

  it('has seen every folder', () => {
    expect(new Set(files.map(({ path }) => dirname(path)))).toContain('src/scenario/steps')
    expect(own.length).toBeGreaterThan(500)
  })
})

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\/\/.*$/gm, '')
}
