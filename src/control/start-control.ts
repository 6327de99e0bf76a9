import type { AddressInfo } from 'node:net'
import { listenError, systemClock } from '../../simulator/index.ts'
import { inUrl } from '../gateway-url.ts'
import type { DockRig } from '../library.ts'
import { createControlApp } from './control-app.ts'
import { EventLog } from './event-log.ts'

export interface ControlOptions {
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  /** Demanded of every call when it is given. */
  readonly token?: string | undefined
  readonly seed: number
  readonly onTrouble: (error: unknown) => void
}

/** A control API that listens. */
export interface Control {
  readonly url: string
  close(): Promise<void>
}

/** Opens the control API of a rig. Throws PORT_IN_USE or OPTION_INVALID. */
export async function startControl(
  rig: DockRig,
  { host, port, token, seed, onTrouble }: ControlOptions,
): Promise<Control> {
  const log = new EventLog()
  const stop = rig.listen((event) => log.add(event))
  const app = createControlApp({
    rig,
    seed,
    log,
    host,
    token,
    after: (ms, run) => systemClock.after(ms, run),
    onTrouble,
  })
  try {
    await app.listen({ host, port })
  } catch (error) {
    stop()
    throw listenError(error as NodeJS.ErrnoException, port, host)
  }
  return {
    url: `http://${inUrl(host)}:${(app.server.address() as AddressInfo).port}`,
    async close() {
      stop()
      await app.close()
    },
  }
}
