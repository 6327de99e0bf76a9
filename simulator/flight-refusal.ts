import type { DockView } from './behavior.ts'
import { isStopped } from './refusal.ts'

const byMode: Readonly<Record<number, number>> = { 1: 319_037, 2: 319_036, 3: 319_038, 5: 514_168 }

/** Why a dock lets no aircraft go now: debugging, upgrade, not calibrated, a flight already, emergency stop, rain, no aircraft. */
export function groundRefusal(dock: DockView): number | undefined {
  const { state } = dock
  if (isStopped(dock)) return 316_026
  if (state.flight !== undefined || state.dock['mode_code'] === 4) return 319_016
  const refused = byMode[Number(state.dock['mode_code'])]
  if (refused !== undefined) return refused
  if (state.dock['rainfall'] === 3) return 514_134
  return state.dock['drone_in_dock'] === 1 ? undefined : 316_010
}
