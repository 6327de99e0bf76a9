import type { Dock, DownRequest, Leaving, MethodScript } from '../simulator/index.ts'
import { scriptBehavior } from '../simulator/index.ts'
import type { Rig } from './scenario/index.ts'
import { renderTemplates, valueAt } from './scenario/index.ts'

/** A device of a rig. */
export interface RigDeviceHandle {
  readonly device_id: string
  readonly gateway_sn: string
  readonly model: string
  readonly isOnline: boolean
  /** Scripts a method (`*`: any other); the newest script wins. Returns what takes it back. */
  on(method: string, behavior: MethodScript): () => void
  connect(): Promise<void>
  disconnect(how?: Leaving): Promise<void>
  /** Lets a held reply go, the oldest or that of the n-th call; waits until one is held. */
  release(call?: number): Promise<void>
}

/** A device of a rig for users of the library. Throws DEVICE_UNKNOWN. */
export function deviceHandle(rig: Rig, name: string): RigDeviceHandle {
  const dock: Dock = rig.fleet.get(name)
  const { pace, recorder } = rig
  return {
    device_id: rig.devices.get(name)?.device_id ?? name,
    gateway_sn: dock.gateway_sn,
    model: dock.model,
    get isOnline() {
      return dock.isOnline
    },
    on: (method, behavior) =>
      dock.use(scriptBehavior({ [method]: behavior }, { fill: fillRequest, tidOf: (command) => command })),
    async connect() {
      await pace.during(dock.connect())
      recorder.dock(dock.gateway_sn, 'up')
      await pace.settle()
    },
    async disconnect(how = 'clean') {
      await pace.during(dock.disconnect(how))
      recorder.dock(dock.gateway_sn, 'down')
      await pace.settle()
    },
    async release(held) {
      const isHeld = (): boolean =>
        held === undefined ? dock.held.calls.length > 0 : dock.held.calls.includes(held)
      dock.held.onChange(() => pace.poke())
      const wait = await pace.until(isHeld, pace.clock.now() + 10_000)
      if (wait === 'late')
        throw new Error(
          `Cannot release a reply of "${name}": none is held. Script it with hold: true, and send a command first.`,
        )
      dock.held.release(held)
      await pace.settle()
    },
  }
}

/** Outside a scenario a script may name the request only. */
function fillRequest(value: unknown, request: DownRequest): unknown {
  return renderTemplates(value, (expression) => {
    const [root, ...path] = expression.split('.')
    return root === 'request' ? valueAt(request, path) : undefined
  })
}
