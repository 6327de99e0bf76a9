import type { Behavior } from '../behavior.ts'
import { anyMethod, anyService } from './any.ts'
import { device } from './device.ts'

/** What every virtual dock does, before anything is put in front: newest first. */
export const baseBehaviors: readonly Behavior[] = [device, anyMethod, anyService]
