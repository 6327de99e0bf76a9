import type { DockView } from './behavior.ts'
import type { Scene } from './deed.ts'

/** Codes with which a dock refuses (DJI's documentation, error codes). */
export const refusals = {
  /** "Operation unsupported in the present state": the nearest code to a method that a model does not have. */
  notOffered: 314_000,
  notDebugging: 514_153,
  emergencyStop: 514_121,
  busy: 514_116,
  aircraftOutside: 514_156,
  aircraftInside: 514_108,
  noAuthority: 327_002,
  aircraftOff: 325_012,
  notAirborne: 314_000,
} as const

/** Why a dock does not take a command now, as far as the catalogue says; undefined when it does. */
export function refusalOf({ dock, method }: Scene): number | undefined {
  const { dji } = method
  const { state } = dock
  if (!Object.hasOwn(dji.products, dock.product)) return refusals.notOffered
  const steps = dji.progress?.steps ?? []
  const before = dji.precondition
  const isDebugging = before?.dock_mode_code === 2
  // rule: dock-debug-mode-required
  if (isDebugging && state.dock['mode_code'] !== 2) return refusals.notDebugging
  if (steps.includes('check_scram_state') && isStopped(dock)) return refusals.emergencyStop
  if (isDebugging && dji.kind === 'job' && state.job !== undefined) return refusals.busy
  if (before?.drone_in_dock === 0 && state.dock['drone_in_dock'] !== 0) return refusals.aircraftInside
  if (before?.authority !== undefined && state.aircraftLink === 'off') return refusals.aircraftOff
  if (before?.authority !== undefined && !hasAuthority(dock)) return refusals.noAuthority
  if (before?.aircraft === 'airborne' && state.flight === undefined) return refusals.notAirborne
  return undefined
}

/** Whether somebody has pressed the dock's emergency stop. */
export function isStopped({ state }: DockView): boolean {
  return state.dock['emergency_stop_state'] === 1
}

/** Docks are control A: they begin with the authority over payload and flight unless a test gives it to somebody else. */
export function hasAuthority({ state }: DockView): boolean {
  return state.aircraft['control_source'] === 'A'
}
