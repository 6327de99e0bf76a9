import { describe, expect, it } from 'vitest'
import type { NonceUse } from '../../src/gateway/nonce-memory.ts'
import { createNonceMemory } from '../../src/gateway/nonce-memory.ts'

describe('createNonceMemory', () => {
  it('takes each nonce once for each API ID', () => {
    const memory = createNonceMemory({ windowSeconds: 300, max: 10 })

    const verdicts = [aUse(), aUse(), aUse({ nonce: 'n-2' }), aUse({ api_id: 'client-2' })].map((use) =>
      memory.use(use),
    )

    expect(verdicts).toEqual(['fresh', 'replayed', 'fresh', 'fresh'])
  })

  it('forgets a nonce when its timestamp is outside the window', () => {
    const memory = createNonceMemory({ windowSeconds: 300, max: 10 })
    void memory.use(aUse({ timestamp: 1000, now: 1000 }))

    expect(memory.use(aUse({ timestamp: 1300, now: 1300 }))).toBe('replayed')
    expect(memory.use(aUse({ timestamp: 1301, now: 1301 }))).toBe('fresh')
  })

  it('stays within its bound: the oldest second goes, and nothing as old as that is taken again', () => {
    const memory = createNonceMemory({ windowSeconds: 300, max: 2 })
    void memory.use(aUse({ nonce: 'old', timestamp: 1000 }))
    void memory.use(aUse({ nonce: 'new', timestamp: 1001 }))

    expect(memory.use(aUse({ nonce: 'newer', timestamp: 1002 }))).toBe('fresh')
    expect(memory.use(aUse({ nonce: 'old', timestamp: 1000 }))).toBe('forgotten')
    expect(memory.use(aUse({ nonce: 'new', timestamp: 1001 }))).toBe('replayed')
  })

  it('tells long nonces apart', () => {
    const memory = createNonceMemory({ windowSeconds: 300, max: 10 })
    const long = 'n'.repeat(5000)

    expect([
      memory.use(aUse({ nonce: long })),
      memory.use(aUse({ nonce: `${long}x` })),
      memory.use(aUse({ nonce: long })),
    ]).toEqual(['fresh', 'fresh', 'replayed'])
  })
})

function aUse(fields: Partial<NonceUse> = {}): NonceUse {
  return { api_id: 'client-1', nonce: 'n-1', timestamp: 1000, now: 1000, ...fields }
}
