import type { JsonObject, Model } from '../contracts/index.ts'
import { findModel, HarnessError } from '../contracts/index.ts'
import type { Account } from './access.ts'
import type { Activity } from './activity.ts'
import { baseBehaviors } from './behaviors/index.ts'
import type { Clock } from './clock.ts'
import { Dock } from './dock.ts'
import { beginWith } from './dock-state.ts'
import type { DockIdentity } from './identity.ts'
import { createIds, createRandom, dockIdentity, seedOf } from './identity.ts'
import type { Introduction } from './introduction.ts'
import { perform } from './player.ts'
import type { DockTraits } from './traits.ts'
import { Traits } from './traits.ts'
import type { Timing } from './timing.ts'
import { defaultTiming } from './timing.ts'
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
  /** `full`: docks ask for configuration and binding before they announce themselves. Default `short`. */
  readonly session?: 'short' | 'full'
  /** Durations that differ from `defaultTiming`. */
  readonly timing?: Partial<Timing>
}

export interface DockSpec extends DockTraits {
  readonly name: string
  readonly model?: string
  readonly aircraft?: string
  /** Properties of the dock that differ from how it starts; `aircraft` (object) and `aircraft_online` for its aircraft. */
  readonly initial?: JsonObject
  /** Whether it sends osd at 0.5 Hz and its whole state when it connects. Default false. */
  readonly telemetry?: boolean
  /** Words that rules of a fleet select docks by. */
  readonly tags?: readonly string[]
  /** Serial numbers and credential that were given from outside; drawn from the seed otherwise. */
  readonly identity?: Partial<DockIdentity>
}

/** A dock with what only its fleet knows of it. */
interface Member {
  readonly dock: Dock
  readonly traits: Traits
  readonly tags: readonly string[]
}

/** The docks of a rig, by name. Knows who may speak for whom; the broker decides whether it passes. */
export class Fleet {
  readonly #options: FleetOptions
  readonly #members = new Map<string, Member>()
  readonly #bySerial = new Map<string, Dock>()
  readonly #forgers = new Set<Transport>()
  #forgeries = 0

  constructor(options: FleetOptions) {
    this.#options = options
  }

  get docks(): readonly Dock[] {
    return [...this.#members.values()].map(({ dock }) => dock)
  }

  find(name: string): Dock | undefined {
    return this.#members.get(name)?.dock
  }

  /** The dock of that name. Throws DEVICE_UNKNOWN. */
  get(name: string): Dock {
    return this.#member(name).dock
  }

  /** Makes a dock; it is away until it connects. Throws OPTION_INVALID for an unknown model, or a name or serial number that is taken. */
  add(spec: DockSpec): Dock {
    const model = modelOf(spec.model ?? 'dock2', 'dock')
    const aircraftModel = modelOf(spec.aircraft ?? model.aircraft?.[0] ?? 'm3d', 'aircraft')
    const { seed, clock, session, timing } = this.#options
    const identity = { ...dockIdentity(seed, spec.name), ...spec.identity }
    this.#requireFree(spec.name, identity)
    const traits = new Traits({ session }, { ...defaultTiming, ...timing })
    traits.put(spec)
    const dock = new Dock({
      name: spec.name,
      identity,
      model,
      aircraftModel,
      initial: beginWith(spec.initial),
      behaviors: [traits.behavior(baseBehaviors), ...baseBehaviors],
      clock,
      get timing() {
        return traits.timing
      },
      newId: createIds(createRandom(seedOf(seed, 'ids', spec.name))),
      random: createRandom(seedOf(seed, 'random', spec.name)),
      get introduction() {
        return traits.session === 'full' ? introductionOf(identity, model, aircraftModel) : undefined
      },
      telemetry: spec.telemetry === true ? 'on' : 'off',
      connect: (will) => this.#connect(identity, { clientId: identity.gateway_sn, will }),
      onTrouble: this.#options.onTrouble,
      perform: (acting, stage) => perform(this, acting, stage),
    })
    this.#members.set(spec.name, { dock, traits, tags: spec.tags ?? [] })
    this.#bySerial.set(identity.gateway_sn, dock)
    return dock
  }

  /** Takes a dock away; it says goodbye first, and its name and serial number are free when it is gone. Throws DEVICE_UNKNOWN. */
  async remove(name: string): Promise<void> {
    const dock = this.get(name)
    await dock.disconnect('clean')
    await dock.close()
    if (this.find(name) !== dock) return
    this.#members.delete(name)
    this.#bySerial.delete(dock.gateway_sn)
  }

  /** Words that rules select the dock by. Throws DEVICE_UNKNOWN. */
  tagsOf(name: string): readonly string[] {
    return this.#member(name).tags
  }

  /** Lets a dock be unlike others from now on; returns what takes it back. Throws DEVICE_UNKNOWN. */
  give(name: string, traits: DockTraits): () => void {
    return this.#member(name).traits.put(traits)
  }

  /** The account that belongs to a dock's user name and password. */
  accountOf(username: string, password: string): Account | undefined {
    const dock = this.#bySerial.get(username)
    if (dock === undefined || dock.identity.password !== password) return undefined
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

  #member(name: string): Member {
    const member = this.#members.get(name)
    if (member !== undefined) return member
    const known = [...this.#members.keys()].slice(0, 5).map((each) => `"${each}"`)
    const more = this.#members.size > known.length ? ` and ${this.#members.size - known.length} more` : ''
    throw new HarnessError(
      'DEVICE_UNKNOWN',
      `Cannot find the device "${name}": ${known.length === 0 ? 'there is none' : `there are ${known.join(', ')}${more}`}. Check the spelling, or add it.`,
    )
  }

  #requireFree(name: string, { gateway_sn }: DockIdentity): void {
    const holder = this.#bySerial.get(gateway_sn)
    if (!this.#members.has(name) && holder === undefined) return
    const what = this.#members.has(name)
      ? 'there is one of that name. Choose another name'
      : `the serial number "${gateway_sn}" belongs to "${holder?.name}". Choose another serial number`
    throw new HarnessError('OPTION_INVALID', `Cannot add the device "${name}": ${what}.`)
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

function modelOf(id: string, role: 'dock' | 'aircraft'): Model {
  const model = findModel(id)
  if (model !== undefined && (model.role === role || (role === 'dock' && model.role === 'remote-controller')))
    return model
  throw new HarnessError(
    'OPTION_INVALID',
    `Cannot make a device of the model "${id}": it is no ${role} that is known. Choose one of contracts/models.yaml, such as ${role === 'dock' ? '"dock2"' : '"m3d"'}.`,
  )
}

/** What a dock of a full session says of itself; organization and code are made up from its serial number. */
function introductionOf(identity: DockIdentity, model: Model, aircraft: Model | undefined): Introduction {
  const { gateway_sn, aircraft_sn, callsign } = identity
  return {
    gateway_sn,
    aircraft_sn,
    callsign,
    device_model_key: model.key,
    aircraft_model_key: aircraft?.key,
    organization_id: `ORG-${gateway_sn.slice(-4)}`,
    binding_code: gateway_sn.slice(-6),
  }
}
