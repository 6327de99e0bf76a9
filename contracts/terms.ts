import type { Finding, Level } from './finding.ts'
import { levels } from './finding.ts'
import type { Profile } from './profile.ts'
import { findRule } from './rule.ts'

/** What a judge is told of the rig and of the gateway that it judges. */
export interface JudgeOptions {
  readonly profile: Profile
  /** The weakest level whose rules bind the gateway. */
  readonly level: Level
  /** Device id → its dock; read live, so that it may grow. */
  readonly devices: ReadonlyMap<string, { readonly gateway_sn: string }>
  /** `exact`: scenario time is virtual, and what happened before the clock moved has been dealt with. */
  readonly exact: 'exact' | 'tolerant'
  /** In real time: how far clocks and the order of HTTP and MQTT may be off, in milliseconds. */
  readonly tolerance_ms: number
  /** `unscripted`: the docks are to behave as DJI documents, and the dock rules are judged. Default: `scripted`. */
  readonly docks?: 'scripted' | 'unscripted'
  /** The most commands that are remembered; older ones that are over are judged and forgotten. Default: no limit. */
  readonly limit?: number
}

/** Whether a rule binds the gateway: by level, or by its own declaration, and never when it is waived. */
export function applies(
  rule: string,
  level: Level,
  { profile, level: bound }: Pick<JudgeOptions, 'profile' | 'level'>,
): boolean {
  if (profile.waives.includes(rule)) return false
  if (levels.indexOf(level) <= levels.indexOf(bound)) return true
  return level === 'may' && (profile.keeps === 'all' || profile.keeps.includes(rule))
}

/** Whether a finding fails the run; the others are shown. */
export function isFatal(finding: Finding, options: JudgeOptions): boolean {
  return applies(finding.rule, finding.level, options)
}

/** The level of a rule. An unknown id is a bug of the check that names it. */
export function levelOf(rule: string): Level {
  const found = findRule(rule)
  if (found === undefined) throw new Error(`Bug: a check names the unknown rule "${rule}"`)
  return found.level
}

/**
 * How long after its cause a thing may still not show, in milliseconds. In virtual time the clock moves only when the
 * rig is quiet, so on the reference a later instant is late enough.
 */
export function lateBy({ profile, exact, tolerance_ms }: JudgeOptions): number {
  if (exact === 'exact' && profile.slack_ms === 0) return 0
  return Math.max(profile.slack_ms, 1_000) + (exact === 'exact' ? 0 : tolerance_ms)
}

/** How far instants may be off, in milliseconds. */
export function blur({ exact, tolerance_ms }: JudgeOptions): number {
  return exact === 'exact' ? 0 : tolerance_ms
}
