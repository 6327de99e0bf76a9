import { parseDuration } from '../../../simulator/index.ts'
import type { PlannedStep } from '../planned.ts'
import type { Branch, Scene } from '../scene.ts'
import { commandOf } from '../scene.ts'
import { awaitsMs } from './await.ts'
import { expectsMqttMs, isOnlyMark } from './expect-mqtt.ts'
import { releasesWithinMs } from './release.ts'

/**
 * How long a step that begins now may wait, in milliseconds of scenario time: what a live report says about it. Undefined for
 * steps that wait for nothing but an answer, or for other steps. Throws as the step itself will.
 */
export function patienceMs(step: PlannedStep, scene: Scene, branch: Branch): number | undefined {
  switch (step.verb) {
    case 'await':
      return awaitsMs(step.options.within, commandOf(scene, branch, step.options.of), scene)
    case 'stays':
      return parseDuration(step.options.for ?? 0)
    case 'wait':
      return parseDuration(step.body)
    case 'release':
      return releasesWithinMs
    case 'expect-mqtt':
      return isOnlyMark(step.body)
        ? undefined
        : expectsMqttMs(step.options.within) + parseDuration(step.options.for ?? 0)
    default:
      return undefined
  }
}
