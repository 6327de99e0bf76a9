import type { JsonObject } from '../contracts/index.ts'
import { encodeEnvelope, formatTopic } from '../contracts/index.ts'
import type { DockView } from './behavior.ts'
import type { DockState } from './dock-state.ts'
import { aircraftPart, dockPart, Osd } from './osd.ts'
import type { Timers } from './timers.ts'

/** What telemetry needs of the dock that it speaks for. */
export interface Transmitter extends DockView {
  readonly isOnline: boolean
  readonly timers: Timers
  publish(
    topic: string,
    payload: Uint8Array,
    options: { readonly qos: 0 | 1; readonly retain: boolean },
  ): Promise<void>
}

/** Sends osd twice in four seconds while it is on, and state when it changes. Sets no timer while it is off. */
export class Telemetry {
  readonly #dock: Transmitter
  readonly #switch: 'on' | 'off'
  readonly #osd: Osd
  #beat: { readonly at: 'still' | 'beating' } = { at: 'still' }

  constructor(dock: Transmitter, position: 'on' | 'off') {
    this.#dock = dock
    this.#switch = position
    this.#osd = new Osd(dock)
  }

  /** Whether it sends osd while the dock is on line. */
  get isOn(): boolean {
    return this.#switch === 'on'
  }

  /** Begins with everything; goes on by itself until the dock is off line. */
  start(): void {
    if (this.#switch === 'off' || this.#beat.at === 'beating') return
    this.#beat = { at: 'beating' }
    const { gateway_sn, aircraft_sn } = this.#dock
    for (const [sn, data] of [
      [gateway_sn, dockPart(this.#dock, 'state')],
      [aircraft_sn, aircraftPart(this.#dock, 'state')],
    ] as const)
      this.#send('state', sn, data)
    this.#tick()
  }

  /** State properties are sent at once when they change, whether osd is on or not (documented: pushMode 1). */
  tellChange(before: DockState): void {
    const dock = this.#dock
    if (!dock.isOnline || dock.state === before) return
    const then = viewAt(dock, before)
    if (dock.state.dock !== before.dock || dock.state.aircraftLink !== before.aircraftLink)
      this.#send('state', dock.gateway_sn, difference(dockPart(then, 'state'), dockPart(dock, 'state')))
    if (dock.state.aircraft !== before.aircraft)
      this.#send(
        'state',
        dock.aircraft_sn,
        difference(aircraftPart(then, 'state'), aircraftPart(dock, 'state')),
      )
  }

  #tick(): void {
    const dock = this.#dock
    if (!dock.isOnline) {
      this.#beat = { at: 'still' }
      return
    }
    const osd = this.#osd.read()
    for (const data of osd.dock) this.#send('osd', dock.gateway_sn, data)
    this.#send('osd', dock.aircraft_sn, osd.aircraft)
    dock.timers.after(dock.timing.osdMs, () => this.#tick())
  }

  #send(family: 'osd' | 'state', sn: string, data: JsonObject): void {
    if (Object.keys(data).length === 0) return
    const dock = this.#dock
    const { gateway_sn: gateway } = dock
    const message = { tid: dock.newId(), bid: dock.newId(), timestamp: dock.now(), gateway, data }
    void dock.publish(formatTopic(family, sn), encodeEnvelope(message), { qos: 0, retain: false })
  }
}

function viewAt(dock: DockView, state: DockState): DockView {
  const { name, gateway_sn, aircraft_sn, model, product, aircraft, identity, timing } = dock
  return {
    name,
    gateway_sn,
    aircraft_sn,
    model,
    product,
    aircraft,
    identity,
    timing,
    state,
    now: () => dock.now(),
    newId: () => dock.newId(),
    random: () => dock.random(),
  }
}

function difference(before: JsonObject, now: JsonObject): JsonObject {
  const changed = Object.entries(now).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
  )
  return Object.fromEntries(changed)
}
