import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../contracts/index.ts'
import { testAgain } from '../src/commands/test-again.ts'
import { referenceTarget } from '../src/compose.ts'
import { aTerminal } from '../test/support/a-terminal.ts'

/**
 * Saves a scenario of the bundled suite again and again under `test --watch`, and prints how long it took from saving to the
 * end of its report; the aim is below 300 ms. `tsx bench/watch-again.ts [SAVES]`
 */
async function main([saves = '30']: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'watch-again-'))
  cpSync(join(packageRoot(), 'scenarios'), join(folder, 'scenarios'), { recursive: true })
  const file = join(folder, 'scenarios/lifecycle/a-command-runs-from-accepted-to-succeeded.yaml')
  const text = readFileSync(file, 'utf8')
  const terminal = aTerminal(folder, wallMs)
  const ended = testAgain(['scenarios'], options, terminal.io)
  await terminal.wrote(waiting, 1)
  const took: number[] = []
  for (let number = 0; number < Number(saves); number += 1) {
    const begun = wallMs()
    writeFileSync(file, `${text}# saved ${number}\n`)
    await terminal.wrote(waiting, number + 2)
    took.push(wallMs() - begun)
  }
  terminal.stop()
  await ended
  rmSync(folder, { recursive: true })
  const sorted = took.toSorted((a, b) => a - b)
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0)
  console.log(`${saves} saves: median ${at(0.5)} ms, 90 % below ${at(0.9)} ms, longest ${at(1)} ms`)
}

const waiting = 'Waiting for changes'

const options: Parameters<typeof testAgain>[1] = {
  seed: 1,
  order: 'file',
  retries: 0,
  // the first run is not what is measured
  grep: 'a command runs from accepted to succeeded',
  target: referenceTarget(),
  secrets: [],
}

function wallMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

await main(process.argv.slice(2))
