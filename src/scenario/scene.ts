import type { Finding, HttpExchange } from '../../contracts/index.ts'
import { HarnessError } from '../../contracts/index.ts'
import type { RunEvent } from './events.ts'
import type { MatchMemory } from './match-memory.ts'
import type { PlannedTest } from './planned.ts'
import type { Watcher } from './read-command.ts'
import type { DeviceAlias } from './rig.ts'
import type { TrackedCommand } from './tracked-command.ts'

/** What the steps of one test share. */
export interface Scene extends Watcher {
  readonly test: PlannedTest
  readonly memory: MatchMemory
  /** Every `as: NAME`, whatever its step did. */
  readonly named: Map<string, Named>
  readonly commands: TrackedCommand[]
  /** Moments named by `mark`, as positions in the order of frames. */
  readonly marks: Map<string, number>
  readonly findings: Finding[]
  readonly emit: (event: RunEvent) => void
  /** Scenario time since the test began, in milliseconds. */
  readonly at: () => number
  /** What the step that last sent something left behind, whatever its branch; scripts have no branch. */
  lastNamed: Named | undefined
  /** How many commands were asked for; those that are under way count. */
  sends: number
  /** How many templates have drawn fake data. */
  fakes: number
}

/** What a step left behind under its name. */
export interface Named {
  readonly exchange: HttpExchange
  readonly command?: TrackedCommand
}

/** A line of steps that follow each other; `parallel` has several. `last` is its own. */
export interface Branch {
  last: Named | undefined
  readonly each: string | undefined
  readonly index: number
}

/** The command that a step is about: `of: NAME`, or the last one. Throws SCENARIO_INVALID. */
export function commandOf(scene: Scene, branch: Branch, of: string | undefined): TrackedCommand {
  const named = of === undefined || of === 'last' ? branch.last : scene.named.get(of)
  if (named?.command !== undefined) return named.command
  throw new HarnessError(
    'SCENARIO_INVALID',
    `Cannot find the command "${of ?? 'last'}": no step before this one sent it. Send it first, or check the name.`,
  )
}

/** A device by the name that the scenario gave it. Throws DEVICE_UNKNOWN. */
export function deviceOf(scene: Scene, name: string): DeviceAlias {
  const device = scene.rig.devices.get(name)
  if (device !== undefined) return device
  throw new HarnessError(
    'DEVICE_UNKNOWN',
    `Cannot find the device "${name}": the scenario declares ${[...scene.rig.devices.keys()].map((each) => `"${each}"`).join(', ') || 'none'}. Declare it under devices.`,
  )
}
