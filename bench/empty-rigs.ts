import { openReferenceRig } from '../src/compose.ts'

/**
 * What a test costs before it does anything: opens and closes rigs with one dock on line, and prints rigs a second of
 * processor time and their share of a bare loop in the same run, so that machines and days can be compared.
 * `tsx bench/empty-rigs.ts [RIGS]`
 */
async function main([rigs = '300']: readonly string[]): Promise<void> {
  const count = Number(rigs)
  await cost(count, openAndClose)
  const rig = await cost(count, openAndClose)
  const loop = await cost(count, bareLoop)
  console.log(`${count} empty rigs, warm: ${(rig / 1000).toFixed(2)} ms of processor time each`)
  console.log(
    `that is ${Math.round(1e6 / rig)} a second on one processor, ${(rig / loop).toFixed(2)} bare loops each`,
  )
}

/** Microseconds of processor time that one of them takes. */
async function cost(times: number, work: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  for (let time = 0; time < times; time += 1) await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / times
}

async function openAndClose(): Promise<void> {
  const rig = await openReferenceRig({ seed: 1, devices: { 'drone-001': {} }, topicRules: 'enforced' })
  await rig.fleet.get('drone-001').connect()
  await rig.pace.settle()
  await rig.close()
}

const messages = Array.from({ length: 40 }, (_, index) => ({ tid: `t${index}`, data: { result: index } }))

/** Work of the same kind, which no change of ours makes faster: text to values, values to text. */
function bareLoop(): void {
  for (let time = 0; time < 25; time += 1) JSON.parse(JSON.stringify(messages))
}

await main(process.argv.slice(2))
