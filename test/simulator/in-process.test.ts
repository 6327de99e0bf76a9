import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { inProcessWire } from '../../simulator/in-process.ts'

/** The chunks that arrive on an end, as texts. */
function heardBy(end: Duplex): string[] {
  const chunks: string[] = []
  end.on('data', (chunk: Buffer) => chunks.push(chunk.toString('utf8')))
  return chunks
}

describe('inProcessWire', () => {
  it('hands over pieces that were written together at once', async () => {
    const [near, far] = inProcessWire()
    const heard = heardBy(far)

    near.cork()
    for (const piece of ['a', 'packet', 'in', 'pieces']) near.write(piece)
    near.uncork()
    await once(far, 'data')

    expect(heard).toEqual(['apacketinpieces'])
  })

  it('keeps the order of what is written while the other end has not read', async () => {
    const [near, far] = inProcessWire()

    for (const piece of ['1', '2', '3', '4']) near.write(piece)
    const heard = heardBy(far)
    near.end()
    await once(far, 'end')

    expect(heard.join('')).toBe('1234')
  })

  it('holds a writer back until the other end has read what is more than a buffer', async () => {
    const [near, far] = inProcessWire()
    const told: string[] = []

    near.write('more'.repeat(100_000), () => told.push('read'))
    await new Promise((resolve) => setImmediate(resolve))
    const before = [...told]
    heardBy(far)
    await once(far, 'data')
    await new Promise((resolve) => setImmediate(resolve))

    expect({ before, after: told }).toEqual({ before: [], after: ['read'] })
  })

  it('destroys both ends when one is destroyed', async () => {
    const [near, far] = inProcessWire()

    near.destroy()
    await once(far, 'close')

    expect(far.destroyed).toBe(true)
  })
})
