import { parseArgs } from 'node:util'
import { runFleet } from '../test/support/unscripted-fleet.ts'

const usage = 'usage: npx tsx bench/fleet-day.ts [--hours 24] [--docks 20] [--seed 1] [--quiet]'

/**
 * Lets an unscripted fleet live for a virtual day under random commands and prints what the judge found: the aim is
 * nothing. `--quiet`: without osd, which makes it ten times as fast and the judge blind to the docks' modes.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      hours: { type: 'string', default: '24' },
      docks: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      quiet: { type: 'boolean', default: false },
    },
  })
  const hours = Number(values.hours)
  const docks = Number(values.docks)
  const seed = Number(values.seed)
  if (!(hours > 0) || !(docks > 0) || !Number.isInteger(seed)) throw new TypeError(usage)
  for (const by of ['gateway', 'broker'] as const) {
    const start = process.hrtime.bigint()
    const night = await runFleet({
      seed,
      docks,
      ms: hours * 3_600_000,
      everyMs: 20_000,
      telemetry: !values.quiet,
      by,
    })
    const seconds = Number(process.hrtime.bigint() - start) / 1e9
    const memory = process.memoryUsage().heapUsed / 1e6
    console.log(
      `${by}: ${docks} docks, ${hours} virtual hours in ${seconds.toFixed(1)} s: ${night.commands} commands, ${night.messages} messages, ${night.agreed.size} methods agreed to, ${night.findings.length} findings, ${night.troubles.length} troubles, heap ${memory.toFixed(0)} MB`,
    )
    for (const { rule, seen, due } of night.findings.slice(0, 20))
      console.log(`  ${rule}: ${seen}\n    due: ${due}`)
    for (const problem of night.problems.slice(0, 20)) console.log(`  not as documented: ${problem}`)
    for (const trouble of night.troubles.slice(0, 5)) console.log('  trouble:', trouble)
    if (night.findings.length + night.problems.length > 0) process.exitCode = 1
  }
}

await main()
