import { describe, expect, it } from 'vitest'
import type { BehaviorSpec, DeviceScript } from '../../simulator/index.ts'
import { Activity, plainSurroundings, quietTurns, scriptBehavior, untilQuiet } from '../../simulator/index.ts'
import { openStand } from '../support/dock-stand.ts'

/** Further messages of a script. */
function chain(...results: readonly number[]): BehaviorSpec {
  const [result = 0, ...rest] = results
  const own: BehaviorSpec = { reply: { result } }
  // oxlint-disable-next-line unicorn/no-thenable -- the scenario language's own word
  return rest.length === 0 ? own : { ...own, then: [chain(...rest)] }
}

/** Bursts, chains of replies, held replies, a line that breaks, timers that start timers. */
const script: DeviceScript = {
  burst: { reply: { result: 0 }, times: 30 },
  chain: { ...chain(0, 1, 2), delay: '1s' },
  held: { reply: { result: 0 }, hold: true },
  broken: { reply: { result: 0 }, disconnect: 'before-reply' },
  events: {
    reply: { result: 0 },
    events: [
      { after: '1s', status: 'in_progress' },
      { after: '0ms', status: 'ok' },
    ],
  },
}

/** Everything that was said, without what the wall clock could change. */
async function story(turns: number): Promise<readonly string[]> {
  const stand = await openStand({ turns, dock: { telemetry: true } })
  stand.dock.use(scriptBehavior(script, plainSurroundings))
  for (const method of Object.keys(script)) await stand.send(method)
  await stand.pass(5_000)
  stand.dock.held.release()
  await stand.settle()
  await stand.send('drone_close')
  await stand.pass(20_000)
  await stand.close()
  return stand.heard.map(({ at, raw }) => `${at} ${JSON.stringify(raw)}`)
}

describe('untilQuiet', () => {
  it('waits for work that is under way', async () => {
    const activity = new Activity()
    let finish = (): void => undefined
    const work = activity.track(new Promise<void>((resolve) => (finish = resolve)))
    let isQuiet = false
    const waiting = untilQuiet(activity).finally(() => {
      isQuiet = true
    })

    await new Promise((resolve) => setImmediate(resolve))
    expect(isQuiet).toBe(false)
    finish()
    await work
    await waiting
    expect(isQuiet).toBe(true)
  })

  it('does not wait for work that waits for a timer', async () => {
    const activity = new Activity()
    void activity.track(new Promise<void>(() => undefined))

    const goOn = activity.waitForTimer()
    await untilQuiet(activity)
    goOn()

    expect(activity.pending).toBe(1)
  })

  it('gives the same story with twice the turns', async () => {
    const usual = await story(quietTurns)

    expect(usual.length).toBeGreaterThan(60)
    expect(await story(quietTurns * 2)).toEqual(usual)
  })

  it.each([10, 30])('gives the same story in each of %i rigs side by side', async (rigs) => {
    const alone = await story(quietTurns)

    const together = await Promise.all(Array.from({ length: rigs }, () => story(quietTurns)))

    expect(together.every((each) => JSON.stringify(each) === JSON.stringify(alone))).toBe(true)
  })
})
