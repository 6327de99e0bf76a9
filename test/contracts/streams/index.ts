import { createEdges } from './edges-create.ts'
import { deadlineEdges } from './edges-deadline.ts'
import { decidedEdges } from './edges-decided.ts'
import { dockEdges } from './edges-dock.ts'
import { errorEdges } from './edges-error.ts'
import { lostEdges } from './edges-lost.ts'
import { mqttEdges } from './edges-mqtt.ts'
import { orderEdges } from './edges-order.ts'
import { queryEdges } from './edges-query.ts'
import { replayEdges } from './edges-replay.ts'
import { replyEdges } from './edges-reply.ts'
import { signEdges } from './edges-sign.ts'
import { surplusEdges } from './edges-surplus.ts'
import { undeclaredEdges } from './edges-undeclared.ts'
import { unmatchedEdges } from './edges-unmatched.ts'
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
import type { Edges, Innocent, Row } from './row.ts'

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

/** Cases on either side of what the rules demand, by theme. */
export const edges: Readonly<Record<string, Edges>> = {
  create: createEdges,
  deadline: deadlineEdges,
  decided: decidedEdges,
  dock: dockEdges,
  error: errorEdges,
  lost: lostEdges,
  mqtt: mqttEdges,
  order: orderEdges,
  query: queryEdges,
  replay: replayEdges,
  reply: replyEdges,
  sign: signEdges,
  surplus: surplusEdges,
  undeclared: undeclaredEdges,
  unmatched: unmatchedEdges,
}
