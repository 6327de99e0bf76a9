import { referenceProfile } from '../contracts/index.ts'
import { referenceTarget } from '../src/compose.ts'
import { fuzz } from '../src/fuzz/index.ts'
import { changedTarget, defects } from '../src/prove/index.ts'

/**
 * Prints how fast sequences are played on the bundled gateway, then how long it takes to find each known defect of
 * mapping, lifecycle, correlation and idempotency; the aims are 100 a second and 60 s each. Arguments: names of defects.
 */
async function main(): Promise<void> {
  const wanted = new Set(process.argv.slice(2))
  const themes = new Set(['mapping', 'lifecycle', 'correlation', 'idempotency'])
  const chosen = defects.filter(({ name, theme }) =>
    wanted.size === 0 ? themes.has(theme) : wanted.has(name),
  )
  const quiet = await fuzz({ target: referenceTarget(), seed: 1, runs: 500, isFatal: () => true, now })
  console.log(
    `bundled gateway: ${quiet.sequences} sequences, ${quiet.perSecond.toFixed(0)} a second, ${quiet.findings.length} findings\n`,
  )
  console.log('| defect | theme | sequences | found after | rule |\n| --- | --- | --- | --- | --- |')
  for (const { name, theme, parts, breaks } of chosen) {
    const target = changedTarget(parts, referenceProfile)
    const begun = now()
    let foundMs: number | undefined
    const { sequences, findings } = await fuzz({
      target,
      seed: 1,
      seconds: 60,
      bail: 1,
      isFatal: () => true,
      now,
      onProgress: ({ rules }) => {
        if (rules.length > 0) foundMs ??= now() - begun
      },
    })
    const found = findings.map(
      ({ rule, state }) =>
        `${rule}${breaks.includes(rule) ? '' : '*'}${state === 'verified' ? '' : ' (unverified)'}`,
    )
    const seconds = foundMs === undefined ? 'not in 60 s' : `${(foundMs / 1_000).toFixed(1)} s`
    console.log(`| ${name} | ${theme} | ${sequences} | ${seconds} | ${found.join(', ')} |`)
  }
}

function now(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

await main()
