import { createInnocents } from './create-innocents.ts'
import { refusalRows } from './create-refuses.ts'
import { createRows } from './create.ts'
import { dockRows } from './dock.ts'
import { httpInnocents, httpRows } from './http.ts'
import { lifecycleInnocents } from './lifecycle-innocents.ts'
import { lifecycleRows } from './lifecycle.ts'
import { mqttInnocents, mqttRows } from './mqtt.ts'
import { queryInnocents, queryRows } from './query.ts'
import { replyInnocents, replyRows } from './reply.ts'
import type { Innocent, Row } from './row.ts'

/** Rules with streams that keep and break them, by theme. */
export const rows: Readonly<Record<string, readonly Row[]>> = {
  create: createRows,
  'create-refuses': refusalRows,
  query: queryRows,
  lifecycle: lifecycleRows,
  reply: replyRows,
  http: httpRows,
  mqtt: mqttRows,
  dock: dockRows,
}

/** What a correct gateway may do, by theme. */
export const innocents: Readonly<Record<string, readonly Innocent[]>> = {
  create: createInnocents,
  query: queryInnocents,
  lifecycle: lifecycleInnocents,
  reply: replyInnocents,
  http: httpInnocents,
  mqtt: mqttInnocents,
}
