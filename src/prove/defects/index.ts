import type { Defect } from '../defect.ts'
import { correlationDefects } from './correlation.ts'
import { errorDefects } from './errors.ts'
import { idempotencyDefects } from './idempotency.ts'
import { lifecycleDefects } from './lifecycle.ts'
import { mappingDefects } from './mapping.ts'
import { mqttDefects } from './mqtt.ts'
import { outageDefects } from './outage.ts'
import { queryDefects } from './query.ts'
import { signingDefects } from './signing.ts'
import { validationDefects } from './validation.ts'

/** Every known mistake, theme by theme. */
export const defects: readonly Defect[] = [
  ...mappingDefects,
  ...lifecycleDefects,
  ...correlationDefects,
  ...idempotencyDefects,
  ...validationDefects,
  ...signingDefects,
  ...errorDefects,
  ...mqttDefects,
  ...outageDefects,
  ...queryDefects,
]
