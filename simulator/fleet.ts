import { encodeEnvelope, findModel, formatTopic, HarnessError } from '../contracts/index.ts'
import type { Account } from './access.ts'
import type { Activity } from './activity.ts'
import { anyService } from './behaviors/any.ts'
import type { Behavior, Effect, Speaker, Stage, Utterance } from './behavior.ts'
import type { Clock } from './clock.ts'
import { Dock } from './dock.ts'
import type { DockState } from './dock-state.ts'
import { initialState } from './dock-state.ts'
import type { DockIdentity } from './identity.ts'
import { createIds, createRandom, dockIdentity, seedOf } from './identity.ts'
import type { Transport, TransportOptions } from './transport.ts'
import { connectTransport } from './transport.ts'

export interface FleetOptions {
  readonly clock: Clock
  readonly seed: number
  readonly dial: TransportOptions['dial']
  readonly brokerName: string
  /** 0 in virtual time. */
  readonly keepAliveSeconds: number
  readonly activity: Activity
  /** Told of what goes wrong while a dock does what its script says. */
  readonly onTrouble: (error: unknown) => void
}

export interface DockSpec {
  readonly name: string
  readonly model?: string
  readonly aircraft?: string
  /** Fields that differ from how a dock starts. */
  readonly initial?: {
    readonly dock?: object
    readonly aircraft?: object
    readonly aircraftLink?: 'on' | 'off'
  }
  /** Serial numbers and credential that were given from outside; drawn from the seed otherwise. */
  readonly identity?: Partial<DockIdentity>
}

/** The docks of a rig, by name. Knows who may speak for whom; the broker decides whether it passes. */
export class Fleet {
  readonly #options: FleetOptions
  readonly #docks = new Map<string, Dock>()
  readonly #forgers = new Set<Transport>()
  #forgeries = 0

  constructor(options: FleetOptions) {
    this.#options = options
  }

  get docks(): readonly Dock[] {
    return [...this.#docks.values()]
  }

  find(name: string): Dock | undefined {
    return this.#docks.get(name)
  }

  /** The dock of that name. Throws DEVICE_UNKNOWN. */
  get(name: string): Dock {
    const dock = this.#docks.get(name)
    if (dock !== undefined) return dock
    const known = [...this.#docks.keys()].slice(0, 5).map((each) => `"${each}"`)
    throw new HarnessError(
      'DEVICE_UNKNOWN',
      `Cannot find the device "${name}": ${known.length === 0 ? 'there is none' : `there are ${known.join(', ')}`}. Check the spelling, or add it.`,
    )
  }

  /** Makes a dock; it is away until it connects. Throws OPTION_INVALID for an unknown model or a name that is taken. */
  add(spec: DockSpec): Dock {
    if (this.#docks.has(spec.name)) {
      throw new HarnessError(
        'OPTION_INVALID',
        `Cannot add the device "${spec.name}": there is one of that name. Choose another name.`,
      )
    }
    const model = modelOf(spec.model ?? 'dock2', 'dock')
    const aircraftModel = modelOf(spec.aircraft ?? model.aircraft?.[0] ?? 'm3d', 'aircraft')
    const { seed, clock } = this.#options
    const identity = { ...dockIdentity(seed, spec.name), ...spec.identity }
    const dock = new Dock({
      name: spec.name,
      identity,
      model,
      aircraftModel,
      initial: stateOf(spec.initial),
      behaviors: baseBehaviors,
      clock,
      newId: createIds(createRandom(seedOf(seed, 'ids', spec.name))),
      random: createRandom(seedOf(seed, 'random', spec.name)),
      connect: (will) => this.#connect(identity, { clientId: identity.gateway_sn, will }),
      onTrouble: this.#options.onTrouble,
      perform: (acting, stage) => this.#perform(acting, stage),
    })
    this.#docks.set(spec.name, dock)
    return dock
  }

  async remove(name: string): Promise<void> {
    await this.get(name).close()
    this.#docks.delete(name)
  }

  /** The account that belongs to a dock's user name and password. */
  accountOf(username: string, password: string): Account | undefined {
    const dock = this.docks.find(
      ({ identity }) => identity.gateway_sn === username && identity.password === password,
    )
    if (dock === undefined) return undefined
    return { kind: 'dock', gateway_sn: dock.gateway_sn, aircraft_sn: dock.aircraft_sn }
  }

  /** Every dock that is on line tells the cloud so again, as docks do when the cloud comes back. */
  announce(): void {
    for (const dock of this.docks) if (dock.isOnline) dock.announce()
  }

  async close(): Promise<void> {
    for (const forger of this.#forgers) forger.cut()
    await Promise.all(this.docks.map((dock) => dock.close()))
  }

  async #perform(dock: Dock, stage: Stage): Promise<void> {
    for (const effect of stage.effects) await this.#effect(dock, effect)
  }

  async #effect(dock: Dock, effect: Effect): Promise<void> {
    switch (effect.kind) {
      case 'say':
        return this.#say(dock, effect.message())
      case 'dropLine':
        dock.dropLine()
        return dock.untilOnline()
      case 'change':
        dock.change(effect.patch)
        return undefined
      case 'restart':
        await dock.disconnect('cut')
        await dock.timers.pass(effect.awayMs)
        return dock.connect()
      default:
        return effect satisfies never
    }
  }

  async #say(dock: Dock, { speaker, family, sn, payload, qos, retain }: Utterance): Promise<void> {
    const bytes = payload instanceof Uint8Array ? payload : encodeEnvelope(payload)
    if (speaker.kind === 'forge') {
      return this.forge(dock.name, formatTopic(family, this.get(speaker.device).gateway_sn), bytes)
    }
    const voice = this.#voice(dock, speaker)
    await voice.publish(formatTopic(family, sn ?? voice.gateway_sn), bytes, { qos, retain })
  }

  #voice(dock: Dock, speaker: Exclude<Speaker, { kind: 'forge' }>): Dock {
    return speaker.kind === 'from' ? this.get(speaker.device) : dock
  }

  /** Publishes with a dock's credential on any topic, over a connection of its own, since a refused publish ends it. */
  async forge(name: string, topic: string, payload: Uint8Array): Promise<void> {
    const { identity } = this.get(name)
    const forger = await this.#connect(identity, {
      clientId: `${identity.gateway_sn}-forger-${++this.#forgeries}`,
    })
    this.#forgers.add(forger)
    await forger.publish(topic, payload, { qos: 1 }).catch(() => undefined)
    forger.cut()
    this.#forgers.delete(forger)
  }

  #connect(
    identity: DockIdentity,
    particular: Pick<TransportOptions, 'clientId' | 'will'>,
  ): Promise<Transport> {
    const { dial, clock, keepAliveSeconds, activity, brokerName } = this.#options
    return connectTransport({
      dial,
      clock,
      keepAliveSeconds,
      activity,
      brokerName,
      username: identity.gateway_sn,
      password: identity.password,
      ...particular,
    })
  }
}

const baseBehaviors: readonly Behavior[] = [anyService]

function modelOf(id: string, role: 'dock' | 'aircraft'): NonNullable<ReturnType<typeof findModel>> {
  const model = findModel(id)
  if (model !== undefined && (model.role === role || (role === 'dock' && model.role === 'remote-controller')))
    return model
  throw new HarnessError(
    'OPTION_INVALID',
    `Cannot make a device of the model "${id}": it is no ${role} that is known. Choose one of contracts/models.yaml, such as ${role === 'dock' ? '"dock2"' : '"m3d"'}.`,
  )
}

function stateOf(initial: DockSpec['initial']): DockState {
  return {
    dock: { ...initialState.dock, ...initial?.dock },
    aircraft: { ...initialState.aircraft, ...initial?.aircraft },
    aircraftLink: initial?.aircraftLink ?? initialState.aircraftLink,
  }
}
