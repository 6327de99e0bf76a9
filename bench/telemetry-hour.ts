import { Activity, Broker, BrokerFaults, Fleet, untilQuiet, VirtualClock } from '../simulator/index.ts'

/** Lets one dock with its aircraft send an hour of telemetry in virtual time and prints how long that took; the aim is below 1 s. */
async function main(): Promise<void> {
  const clock = new VirtualClock()
  const activity = new Activity()
  let messages = 0
  const broker = await Broker.create({
    activity,
    faults: new BrokerFaults(clock, () => 0),
    rules: 'enforced',
    accountOf: (username, password) => fleet.accountOf(username, password),
    onMessage: () => {
      messages += 1
    },
    onNotice: () => undefined,
  })
  const fleet = new Fleet({
    clock,
    activity,
    seed: 1,
    dial: () => broker.dial(),
    brokerName: 'the bench',
    keepAliveSeconds: 0,
    onTrouble: console.error,
  })
  await fleet.add({ name: 'dock', telemetry: true }).connect()
  const start = process.hrtime.bigint()
  const cpu = process.cpuUsage()
  const end = clock.now() + 3_600_000
  for (let due = clock.nextDue(); due !== undefined && due <= end; due = clock.nextDue()) {
    clock.advance()
    await untilQuiet(activity)
  }
  const ms = Number(process.hrtime.bigint() - start) / 1e6
  const { user, system } = process.cpuUsage(cpu)
  const used = ((user + system) / 1000).toFixed(0)
  console.log(
    `${messages} messages of one virtual hour in ${ms.toFixed(0)} ms (${used} ms of processor time)`,
  )
  await fleet.close()
  await broker.close()
}

await main()
