import type { Behavior } from '../behavior.ts'
import { anyMethod, anyService } from './any.ts'
import { camera } from './camera.ts'
import { device } from './device.ts'
import { drc } from './drc.ts'
import { drcDown } from './drc-down.ts'
import { file } from './file.ts'
import { firmware } from './firmware.ts'
import { live } from './live.ts'
import { propertySet } from './property-set.ts'
import { psdk } from './psdk.ts'
import { safety } from './safety.ts'
import { wayline } from './wayline.ts'

/** What every virtual dock does, before anything is put in front: newest first. */
export const baseBehaviors: readonly Behavior[] = [
  device,
  camera,
  drc,
  wayline,
  live,
  file,
  safety,
  firmware,
  psdk,
  propertySet,
  drcDown,
  anyMethod,
  anyService,
]
