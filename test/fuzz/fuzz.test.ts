import { describe, expect, it } from 'vitest'
import { referenceProfile } from '../../contracts/index.ts'
import { referenceTarget } from '../../src/compose.ts'
import type { FuzzOptions } from '../../src/fuzz/index.ts'
import { fuzz } from '../../src/fuzz/index.ts'
import { playText } from '../../src/fuzz/shrink.ts'
import { changedTarget, defects } from '../../src/prove/index.ts'
import type { PerformTest, Target } from '../../src/scenario/index.ts'
import { performHere } from '../../src/scenario/index.ts'

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
    const hearing = await playText(finding?.scenario ?? '', {
      target,
      isFatal: () => true,
      seed: 99,
      perform: performHere(target, 'may'),
    })
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

  it('comes to the same result when sequences end in another order', { timeout: 120_000 }, async () => {
    const target = brokenGateway('unmatched-decides')
    const here = performHere(target, 'may')
    let played = 0
    const slower: PerformTest = async (test, emit) => {
      const result = await here(test, emit)
      if (played++ % 2 === 0) await here(test, emit)
      return result
    }

    const once = await fuzz(options(target, { runs: 64, bail: 1 }))
    const again = await fuzz(options(target, { runs: 64, bail: 1, perform: slower }))

    expect(again.findings).toEqual(once.findings)
  })

  it('ends at once, and says where, when the gateway is lost', async () => {
    const lost = { code: 'GATEWAY_UNREACHABLE', message: 'Cannot call the gateway' }
    const perform: PerformTest = () =>
      Promise.resolve({ outcome: { kind: 'broken', error: lost }, scenarioMs: 0 })

    const result = await fuzz(options(referenceTarget({ time: 'real' }), { perform }))

    expect(result).toMatchObject({ sequences: 32, lost: { batch: 0, index: 0, ...lost } })
  })

  it('does not take a gateway for good of which nothing could be read', async () => {
    const perform: PerformTest = () => Promise.resolve({ outcome: { kind: 'passed' }, scenarioMs: 0 })

    const { lost } = await fuzz(options(referenceTarget(), { perform }))

    expect(lost?.message).toContain('no command could be created and read back')
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
