import type { FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import type { ControlAppOptions } from '../../src/control/index.ts'
import { createControlApp, EventLog } from '../../src/control/index.ts'
import type { DockRig } from '../../src/index.ts'
import { startRig } from '../../src/index.ts'

/** What the control API answered. */
export interface Answer {
  readonly status: number
  readonly json: Readonly<Record<string, unknown>>
}

/** A control API of two devices in virtual time. */
export interface Desk {
  readonly rig: DockRig
  readonly app: FastifyInstance
  /** A text is sent as YAML, anything else as JSON. */
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Answer>
}

/** Opens a control API that listens to nobody; closed when the test ends. */
export async function aDesk(options: Partial<ControlAppOptions> = {}): Promise<Desk> {
  const rig = await startRig({ devices: 2 })
  const app = createControlApp({
    rig,
    seed: 1,
    log: new EventLog(),
    host: '127.0.0.1',
    token: undefined,
    after: () => () => undefined,
    onTrouble: (error) => {
      throw error
    },
    ...options,
  })
  onTestFinished(async () => {
    await app.close()
    await rig.close()
  })
  return { rig, app, ask: (method, path, body) => ask(app, { method, path }, body) }
}

async function ask(
  app: FastifyInstance,
  { method, path }: { readonly method: string; readonly path: string },
  body: unknown,
): Promise<Answer> {
  const payload = typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? 'application/yaml' : 'application/json'
  const answer = await app.inject({
    method: method as 'GET',
    url: path,
    ...(body === undefined ? {} : { payload, headers: { 'content-type': type } }),
  })
  return { status: answer.statusCode, json: answer.payload === '' ? {} : answer.json<Answer['json']>() }
}
