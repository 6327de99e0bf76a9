import { describe, expect, it } from 'vitest'
import { referenceProfile } from '../../contracts/index.ts'
import { referenceTarget } from '../../src/compose.ts'
import type { FuzzOptions } from '../../src/fuzz/index.ts'
import { fuzz } from '../../src/fuzz/index.ts'
import { playText } from '../../src/fuzz/shrink.ts'
import { changedTarget, defects } from '../../src/prove/index.ts'
import type { Target } from '../../src/scenario/index.ts'

function options(target: Target, more: Partial<FuzzOptions> = {}): FuzzOptions {
  let ms = 0
  return { target, seed: 1, runs: 320, isFatal: () => true, now: () => (ms += 1), ...more }
}

function brokenGateway(name: string): Target {
  const defect = defects.find((each) => each.name === name)
  if (defect === undefined) throw new Error(`no defect is called ${name}`)
  return changedTarget(defect.parts, referenceProfile)
}

describe('fuzzing', () => {
  it('finds nothing on the bundled gateway', { timeout: 120_000 }, async () => {
    const { findings, sequences } = await fuzz(options(referenceTarget()))

    expect(findings).toEqual([])
    expect(sequences).toBe(320)
  })

  it.each([
    'late-reply-completes',
    'last-reply-wins',
    'unmatched-decides',
    'code-only-when-truthy',
    'key-ignored',
    'correlates-by-order',
  ])('finds %s, and writes a file that shows it', { timeout: 120_000 }, async (name) => {
    const target = brokenGateway(name)

    const { findings } = await fuzz(options(target, { bail: 1 }))

    const [finding] = findings
    const hearing = await playText(finding?.scenario ?? '', { target, isFatal: () => true, seed: 99 })
    expect(finding?.state).toBe('verified')
    expect(hearing).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ rule: finding?.rule })]) as unknown,
    })
  })

  it('comes to the same result with the same seed', { timeout: 120_000 }, async () => {
    const once = await fuzz(options(brokenGateway('unmatched-decides'), { runs: 32, bail: 1 }))
    const again = await fuzz(options(brokenGateway('unmatched-decides'), { runs: 32, bail: 1 }))

    expect(again).toEqual(once)
  })

  it('plays the sequence of a path again', { timeout: 60_000 }, async () => {
    const target = brokenGateway('unmatched-decides')
    const { findings } = await fuzz(options(target, { bail: 1 }))
    const [batch = 0, index = 0] = (findings[0]?.path ?? '').split(':').map(Number)

    const again = await fuzz(options(target, { path: { batch, index } }))

    expect(again.sequences).toBe(1)
    expect(again.findings).toContainEqual(findings[0])
  })

  it('passes over what does not count', { timeout: 60_000 }, async () => {
    const { findings } = await fuzz(
      options(brokenGateway('unmatched-decides'), { runs: 32, isFatal: () => false }),
    )

    expect(findings).toEqual([])
  })

  it('ends when it is told to', async () => {
    const { sequences } = await fuzz(options(referenceTarget(), { isStopped: () => true }))

    expect(sequences).toBe(0)
  })
})
