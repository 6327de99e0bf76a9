import { isJsonObject } from '../../contracts/index.ts'
import type { Stage } from '../behavior.ts'
import type { Deeds, Scene } from '../deed.ts'
import { deedBehavior } from '../deed-behavior.ts'
import type { DockState } from '../dock-state.ts'
import { withAircraft, withDock } from '../dock-state.ts'
import { after, atOnce, change, documentedEvent } from '../replies.ts'
import { stepMs } from '../timing.ts'

// DJI's documentation: dock, firmware.

const deeds: Deeds = { ota_create: { refuse: otaRefusal, follow: upgrade } }

/** Firmware upgrades of dock and aircraft. */
export const firmware = deedBehavior('firmware', deeds)

const byMode: Readonly<Record<number, number>> = { 3: 312_014, 4: 312_015 }

/** An upgrade that runs, a dock at work, an aircraft that is not there. */
function otaRefusal({ dock, data }: Scene): number | undefined {
  const refused = byMode[Number(dock.state.dock['mode_code'])]
  if (refused !== undefined) return refused
  const forAircraft = serials(data['devices']).includes(dock.aircraft_sn)
  return forAircraft && dock.state.dock['drone_in_dock'] !== 1 ? 312_027 : undefined
}

/** The dock is in mode 3 meanwhile, then it is idle with the new version. Dock 1 names the step `step_key`, the others `current_step`. */
function* upgrade({ dock, request, data }: Scene): Generator<Stage> {
  const devices = (Array.isArray(data['devices']) ? data['devices'] : []).filter(isJsonObject)
  const tell = (status: string, step: string, percent: number): ReturnType<typeof documentedEvent> =>
    documentedEvent(dock, {
      bid: request.bid,
      method: 'ota_progress',
      data: { result: 0, output: { status, progress: { percent, step_key: step, current_step: step } } },
    })
  yield atOnce(change((state) => ({ ...running(state), job: request.method })))
  for (const [step, from] of [
    ['download_firmware', 0],
    ['upgrade_firmware', 50],
  ] as const) {
    const quarter = stepMs(dock.timing, step) / 2
    yield after(quarter, tell('in_progress', step, from))
    yield after(quarter, tell('in_progress', step, from + 40))
  }
  const versions = new Map(devices.map(({ sn, product_version }) => [sn, product_version]))
  yield after(
    dock.timing.stepMs,
    change((state) => upgraded(state, versions.get(dock.gateway_sn), versions.get(dock.aircraft_sn))),
    tell('ok', 'upgrade_firmware', 100),
  )
}

function serials(devices: unknown): readonly unknown[] {
  return Array.isArray(devices) ? devices.filter(isJsonObject).map(({ sn }) => sn) : []
}

function running(state: DockState): DockState {
  return withDock(state, { mode_code: 3, firmware_upgrade_status: 1 })
}

function upgraded(state: DockState, dock: unknown, aircraft: unknown): DockState {
  const idle = withDock({ ...state, job: undefined }, { mode_code: 0, firmware_upgrade_status: 0 })
  const withNew = typeof dock === 'string' ? withDock(idle, { firmware_version: dock }) : idle
  return typeof aircraft === 'string' ? withAircraft(withNew, { firmware_version: aircraft }) : withNew
}
