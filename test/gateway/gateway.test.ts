import { describe, expect, it } from 'vitest'
import { openWorld } from '../support/gateway-world.ts'

describe('a command', () => {
  it('goes from create to the dock and back to the query', async () => {
    const world = await openWorld()

    const closing = await world.command()
    const delivered = await closing.status()
    await closing.answer({ result: 0 })

    expect(delivered).toBe('DELIVERED')
    expect(await closing.shown()).toMatchObject({
      status: 'SUCCEEDED',
      response_code: '0',
      vendor_response: { result: 0 },
    })
  })
})
