import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../contracts/index.ts'
import { loadScenarioFiles } from '../src/scenario/index.ts'

/** Checks 500 files made of the package's own scenarios and prints how long that took; the aim is below 2 s. */
async function main(): Promise<void> {
  const own = await loadScenarioFiles(['scenarios'], packageRoot())
  const folder = mkdtempSync(join(tmpdir(), 'check-scenarios-'))
  try {
    for (let number = 0; number < 500; number += 1) {
      const file = own.scenarios[number % own.scenarios.length]?.file ?? ''
      writeFileSync(join(folder, `${number}.yaml`), readFileSync(join(packageRoot(), file)))
    }
    const start = process.hrtime.bigint()
    const { scenarios } = await loadScenarioFiles(['.'], folder)
    const ms = Number(process.hrtime.bigint() - start) / 1e6
    console.log(`checked ${scenarios.length} files in ${ms.toFixed(0)} ms`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

await main()
