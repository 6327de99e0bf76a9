import { describe, expect, it } from 'vitest'
import type { Quirk } from '../../simulator/index.ts'
import { quirks } from '../../simulator/index.ts'
import type { Stand } from '../support/dock-stand.ts'
import { openStand } from '../support/dock-stand.ts'

/** Six commands to a dock that has a quirk. */
async function met(quirk: Quirk): Promise<Stand> {
  const stand = await openStand({ dock: { quirk } })
  for (const _ of [1, 2, 3, 4, 5, 6]) {
    await stand.send('supplement_light_open')
    await stand.pass(5_000)
  }
  await stand.close()
  return stand
}

describe('a quirky dock', () => {
  it('that is slow answers four seconds late', async () => {
    const stand = await met(quirks['slow-dock'])

    const [asked] = stand.said('services')
    expect(stand.said('services_reply')[0]?.at).toBe((asked?.at ?? 0) + 4_000)
    expect(stand.dock.state.dock['supplement_light_state']).toBe(1)
  })

  it('with a flaky link loses its line now and then, and still answers everything', async () => {
    const stand = await met(quirks['flaky-link'])

    expect(stand.said('services_reply')).toHaveLength(6)
    expect(stand.said('status', 'offline').length).toBeGreaterThan(0)
    expect(stand.said('status', 'offline').length).toBeLessThan(6)
  })

  it('that answers twice repeats itself word by word', async () => {
    const stand = await met(quirks['answers-twice'])

    const [first, second] = stand.said('services_reply')
    expect(stand.said('services_reply')).toHaveLength(12)
    expect(second?.raw).toEqual(first?.raw)
  })

  it('that retries with a new tid is right once', async () => {
    const stand = await met(quirks['retries-with-new-tid'])

    const tids = stand.said('services_reply').map(({ raw }) => raw['tid'])
    expect(new Set(tids).size).toBe(12)
    expect(tids.filter((tid) => String(tid).startsWith('tid-'))).toHaveLength(6)
  })
})
