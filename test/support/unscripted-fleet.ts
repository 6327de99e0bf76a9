import type { Finding, Method } from '../../contracts/index.ts'
import { encodeEnvelope, findModel, formatTopic, methods } from '../../contracts/index.ts'
import type { Dock, Transport } from '../../simulator/index.ts'
import { Activity, connectTransport, createRandom, seedOf } from '../../simulator/index.ts'
import type { ReferenceRig } from '../../src/compose.ts'
import { openReferenceRig } from '../../src/compose.ts'
import { call } from '../../src/scenario/index.ts'
import { saidOf } from './dock-stand.ts'
import { frameProblems } from './frame-problems.ts'

export interface FleetDay {
  readonly seed: number
  readonly docks: number
  readonly ms: number
  /** Between two commands to the fleet, on the average. */
  readonly everyMs: number
  readonly telemetry: boolean
  /** `gateway`: signed requests for the methods that the platform offers. `broker`: all methods of the catalogue, sent past the gateway. */
  readonly by: 'gateway' | 'broker'
}

export interface FleetNight {
  /** What the judge found; sent past the gateway, what it found about docks. */
  readonly findings: readonly Finding[]
  readonly commands: number
  readonly messages: number
  /** What of the docks' messages is not as the catalogue's schemas have it. */
  readonly problems: readonly string[]
  /** Methods that docks agreed to (`result` 0). */
  readonly agreed: ReadonlySet<string>
  /** How often each rule about docks was seen at work. */
  readonly exercised: ReadonlyMap<string, number>
  readonly troubles: readonly unknown[]
}

/** A fleet of all models without scripts, with random commands, docks that come and go, and a judge that hears it all. */
export async function runFleet(day: FleetDay): Promise<FleetNight> {
  const rig = await openReferenceRig(
    { seed: day.seed, topicRules: 'enforced', devices: devicesOf(day) },
    { docks: 'unscripted', judgeLimit: 10_000 },
  )
  const heard = listen(rig)
  for (const dock of rig.fleet.docks) await come(rig, dock)
  const door = day.by === 'broker' ? await openDoor(rig) : undefined
  const random = createRandom(seedOf(day.seed, 'fleet day'))
  const end = rig.clock.now() + day.ms
  let commands = 0
  while (rig.clock.now() < end) {
    await rig.pace.pass(Math.max(1, Math.round(random() * 2 * day.everyMs)))
    const dock = pick(rig.fleet.docks, random)
    if (random() < 0.03) await disturb(rig, dock, random)
    const method = pickMethod(day, random)
    const sending = { dock, method, payload: payloadOf(method, random), number: (commands += 1) }
    await (door === undefined ? sendThrough(rig, sending) : sendPast(rig, door, sending))
  }
  // Everything that was begun ends: commands have 30 s, an open channel without heartbeats 60 s.
  await rig.pace.pass(70_000)
  const verdict = rig.recorder.judge.finish(rig.clock.now())
  door?.cut()
  await rig.close()
  return {
    findings: verdict.findings.filter(({ rule }) => day.by === 'gateway' || rule.startsWith('dock-')),
    commands,
    messages: heard.messages,
    problems: [...heard.problems],
    agreed: heard.agreed,
    exercised: new Map([...verdict.tally].map(([rule, { exercised }]) => [rule, exercised])),
    troubles: rig.troubles,
  }
}

const gateways = ['dock1', 'dock2', 'dock3', 'dock2', 'rc-plus', 'dock3', 'rc-pro']

function devicesOf({ docks, telemetry }: FleetDay): Parameters<typeof openReferenceRig>[0]['devices'] {
  return Object.fromEntries(
    Array.from({ length: docks }, (_, place) => [
      `drone-${place + 1}`,
      { model: gateways[place % gateways.length] ?? 'dock2', telemetry },
    ]),
  )
}

interface Heard {
  messages: number
  readonly agreed: Set<string>
  readonly problems: Set<string>
}

function listen(rig: ReferenceRig): Heard {
  const heard: Heard = { messages: 0, agreed: new Set(), problems: new Set() }
  const docks = new Map(rig.fleet.docks.map((dock) => [dock.gateway_sn, dock]))
  rig.recorder.listen({
    frame: (frame) => {
      heard.messages += 1
      const dock = frame.sender?.kind === 'dock' ? docks.get(frame.sender.gateway_sn) : undefined
      const model = dock === undefined ? undefined : findModel(dock.model)
      if (dock === undefined || model === undefined) return
      const said = saidOf({ ...frame, sender: { kind: 'dock', gateway_sn: dock.gateway_sn } }, frame.at)
      for (const problem of frameProblems(said, model, dock.gateway_sn))
        heard.problems.add(`${dock.model}: ${problem}`)
      if (said.family === 'services_reply' && said.data['result'] === 0) heard.agreed.add(said.method)
    },
  })
  return heard
}

async function come(rig: ReferenceRig, dock: Dock): Promise<void> {
  await rig.pace.during(dock.connect())
  rig.recorder.dock(dock.gateway_sn, 'up')
  await rig.pace.settle()
}

/** A dock that leaves and comes back, a line that breaks, a hand on the emergency stop. */
async function disturb(rig: ReferenceRig, dock: Dock, random: () => number): Promise<void> {
  const what = random()
  if (what < 0.3) return dock.dropLine()
  if (what < 0.6) {
    const pressed = dock.state.dock['emergency_stop_state'] === 1 ? 0 : 1
    return dock.change((state) => ({ ...state, dock: { ...state.dock, emergency_stop_state: pressed } }))
  }
  await rig.pace.during(dock.disconnect(random() < 0.5 ? 'cut' : 'clean'))
  rig.recorder.dock(dock.gateway_sn, 'down')
  await rig.pace.pass(Math.round(random() * 60_000))
  await come(rig, dock)
}

/** Named more often than others: what brings a dock into another state. */
const turning = [
  'debug_mode_open',
  'debug_mode_close',
  'flighttask_prepare',
  'flighttask_execute',
  'takeoff_to_point',
  'return_home',
  'drone_open',
  'drc_mode_enter',
]

function pickMethod({ by }: FleetDay, random: () => number): Method {
  const all = methods().filter(({ offered }) => by === 'broker' || offered)
  const likely = random() < 0.4 ? all.filter(({ name }) => turning.includes(name)) : all
  return pick(likely, random)
}

/** The catalogue's example, now and then for another flight. */
function payloadOf({ example }: Method, random: () => number): object {
  return 'flight_id' in example ? { ...example, flight_id: `flight-${Math.floor(random() * 5)}` } : example
}

interface Sending {
  readonly dock: Dock
  readonly method: Method
  readonly payload: object
  readonly number: number
}

async function sendThrough(rig: ReferenceRig, { dock, method, payload, number }: Sending): Promise<void> {
  const body = {
    vendor: 'dji',
    device_id: dock.name,
    command_type: method.name,
    idempotency_key: `key-${number}`,
    payload,
  }
  await call(rig, { method: 'POST', path: '/downlink/commands', body })
}

async function openDoor(rig: ReferenceRig): Promise<Transport> {
  const { username, password } = rig.mqtt
  return rig.pace.during(
    connectTransport({
      dial: () => rig.bed.broker.dial(),
      clock: rig.clock,
      activity: new Activity(),
      clientId: 'caller',
      username,
      password,
      keepAliveSeconds: 0,
    }),
  )
}

async function sendPast(
  rig: ReferenceRig,
  door: Transport,
  { dock, method, payload, number }: Sending,
): Promise<void> {
  const bid = 'flight_id' in payload ? String(payload.flight_id) : `bid-${number}`
  const message = {
    tid: `tid-${number}`,
    bid,
    timestamp: rig.clock.now(),
    method: method.name,
    data: payload,
  }
  await rig.pace.during(
    door.publish(formatTopic('services', dock.gateway_sn), encodeEnvelope(message), { qos: 1 }),
  )
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('there is nothing to choose from')
  return item
}
