import type { Finding, Frame } from '../contracts/index.ts'
import { decodeEnvelope, parseTopic } from '../contracts/index.ts'
import type { TimelineFrame } from './scenario/index.ts'
import { timelineFrame } from './scenario/index.ts'
import type { ReferenceRig } from './compose.ts'
import type { AnsweredCall } from './gateway/index.ts'

/** What became of a device. `silent`: its link is gone without a goodbye. */
export type DeviceChange = 'added' | 'removed' | 'online' | 'offline' | 'silent' | 'rebooting' | 'changed'

/** What happens in a rig, as it happens. `at` is scenario time, milliseconds since the epoch. */
export type RigEvent =
  | { readonly kind: 'frame'; readonly at: number; readonly frame: TimelineFrame }
  | { readonly kind: 'finding'; readonly at: number; readonly finding: Finding }
  | { readonly kind: 'device'; readonly at: number; readonly device: string; readonly change: DeviceChange }
  | {
      readonly kind: 'script'
      readonly at: number
      readonly id: string
      readonly source: string
      readonly change: 'applied' | 'removed'
      readonly docks: number
    }
  /** A call to the gateway over HTTP, whoever made it, and its answer. */
  | (AnsweredCall & { readonly kind: 'http' })
  /** Something went wrong while a dock did what its script says. */
  | { readonly kind: 'trouble'; readonly at: number; readonly message: string }

export type RigListener = (event: RigEvent) => void

/** Tells whoever listens what happens in a rig; costs nothing while nobody does. */
export class RigEvents {
  readonly #rig: ReferenceRig
  readonly #listeners = new Set<RigListener>()
  /** Those that have announced themselves: a dock does so again whenever its aircraft comes or goes. */
  readonly #online = new Set<string>()
  #stop: (() => void) | undefined

  constructor(rig: ReferenceRig) {
    this.#rig = rig
  }

  listen(listener: RigListener): () => void {
    this.#listeners.add(listener)
    this.#stop ??= this.#rig.recorder.listen({
      frame: (frame) => this.#frame(frame),
      finding: (finding) => this.#tell({ kind: 'finding', at: finding.at, finding }),
    })
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      this.#stop?.()
      this.#stop = undefined
    }
  }

  device(device: string, change: DeviceChange): void {
    if (change === 'online') this.#online.add(device)
    else if (change !== 'changed') this.#online.delete(device)
    this.#tell({ kind: 'device', at: this.#rig.clock.now(), device, change })
  }

  script(
    id: string,
    source: string,
    change: { readonly to: 'applied' | 'removed'; readonly docks: number },
  ): void {
    this.#tell({
      kind: 'script',
      at: this.#rig.clock.now(),
      id,
      source,
      change: change.to,
      docks: change.docks,
    })
  }

  call(call: () => AnsweredCall): void {
    if (this.#listeners.size > 0) this.#tell({ kind: 'http', ...call() })
  }

  trouble(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    this.#tell({ kind: 'trouble', at: this.#rig.clock.now(), message })
  }

  #frame(frame: Frame): void {
    const { devices } = this.#rig
    this.#tell({ kind: 'frame', at: frame.at, frame: timelineFrame(frame, devices) })
    const topic = parseTopic(frame.topic)
    if (topic?.family !== 'status' || frame.refused !== undefined) return
    const device = this.#rig.bed.devices.bySerial(topic.sn)?.name
    const change = presenceIn(frame)
    if (device === undefined || change === undefined) return
    const isNews = change === 'offline' || !this.#online.has(device)
    this.device(device, isNews ? change : 'changed')
  }

  #tell(event: RigEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}

/** What a message on `status` says of the dock's line. */
function presenceIn({ payload }: Frame): 'online' | 'offline' | undefined {
  const decoded = decodeEnvelope(payload)
  if (decoded.kind === 'malformed') return undefined
  if (decoded.envelope.method === 'update_topo') return 'online'
  return decoded.envelope.method === 'offline' ? 'offline' : undefined
}
