import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../contracts/index.ts'
import { openStand } from '../../support/dock-stand.ts'

describe('property set', () => {
  it.each<readonly [string, JsonObject, JsonObject]>([
    ['a property of the dock', { silent_mode: 1 }, { silent_mode: { result: 0 } }],
    ['a property of the aircraft', { height_limit: 150 }, { height_limit: { result: 0 } }],
    ['a field', { obstacle_avoidance: { horizon: 0 } }, { obstacle_avoidance: { horizon: { result: 0 } } }],
    ['a value out of range', { height_limit: 9_999 }, { height_limit: { result: 1 } }],
    ['a property that may not be set', { cover_state: 1 }, { cover_state: { result: 1 } }],
    ['a property that does not exist', { nonsense: 1 }, { nonsense: { result: 1 } }],
    [
      'a field that does not exist',
      { obstacle_avoidance: { x: 1 } },
      { obstacle_avoidance: { x: { result: 1 } } },
    ],
    ['nothing', {}, {}],
  ])('answers %s in the shape of the request', async (_, data, answer) => {
    const stand = await openStand()

    await stand.send('', data, 'property/set')

    const [said] = stand.said('property/set_reply')
    expect(said?.data).toEqual(answer)
    expect(said?.raw).not.toHaveProperty('method')
    await stand.close()
  })

  it('shows the new value in a state message', async () => {
    const stand = await openStand()

    await stand.send('', { silent_mode: 1 }, 'property/set')

    expect(stand.said('state').map(({ data }) => data)).toEqual([{ silent_mode: 1 }])
    await stand.close()
  })

  it('sets nothing on an aircraft that is off', async () => {
    const stand = await openStand({ dock: { initial: { aircraft_online: false } } })

    await stand.send('', { height_limit: 150 }, 'property/set')

    expect(stand.said('property/set_reply')[0]?.data).toEqual({ height_limit: { result: 1 } })
    await stand.close()
  })
})
