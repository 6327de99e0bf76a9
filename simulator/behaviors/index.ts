import type { Behavior } from '../behavior.ts'
import { anyService } from './any.ts'

/** What every virtual dock does, before anything is put in front: newest first. */
export const baseBehaviors: readonly Behavior[] = [anyService]
