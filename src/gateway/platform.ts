import type { FastifyBaseLogger } from 'fastify'
import { boundStore } from './bound-store.ts'
import { CommandDesk } from './command-desk.ts'
import { DockLines } from './dock-lines.ts'
import { createInbound } from './inbound.ts'
import type { Lifeline } from './lifeline.ts'
import type { GatewayOptions } from './options.ts'
import type { GatewayParts } from './parts.ts'
import { RequestDesk } from './request-desk.ts'
import type { LinkMessage } from './seams.ts'
import { createSequence } from './sequence.ts'
import type { OutgoingMessage } from './service-message.ts'

export interface PlatformOptions extends Omit<GatewayOptions, 'parts'> {
  readonly parts: GatewayParts
  readonly lifeline: Lifeline
  readonly log: FastifyBaseLogger
}

/** Everything behind the HTTP API: desks and docks. */
export interface Platform {
  readonly commands: CommandDesk
  readonly requests: RequestDesk
  hear(message: LinkMessage): void
  linkChanged(state: 'online' | 'offline'): void
  /** Takes up the commands that were open before the start. */
  resume(): Promise<void>
  /** Takes all timers back. */
  stop(): void
}

/** Puts the desks together over what the store remembers. */
export async function createPlatform(options: PlatformOptions): Promise<Platform> {
  const { clock, link, parts, lifeline, log } = options
  const store = boundStore(parts.openStore(options.store), lifeline)
  const [open, remembered] = await Promise.all([store.openCommands(), store.presences()])
  const inOrder = createSequence((error) => log.error({ err: error }, 'the store or the broker failed'))
  const send = (outgoing: OutgoingMessage): Promise<void> =>
    lifeline.run(() => parts.publishMessage(link, outgoing))

  const lines = new DockLines({
    clock,
    next: parts.nextPresence,
    remembered,
    changed(gateway_sn, presence) {
      inOrder(gateway_sn, () => store.savePresence(gateway_sn, presence))
      if (presence === 'online') inOrder(gateway_sn, () => commands.offerWaiting(gateway_sn)) // rule: offline-waits
    },
  })
  const desk = { ...options, store }
  const commands = new CommandDesk({ ...desk, isOnline: (gateway_sn) => lines.isOnline(gateway_sn) }, open)
  const requests = new RequestDesk({ ...desk, requests: options.requests ?? 'automatic', send })
  return {
    commands,
    requests,
    hear: createInbound({ ...options, lines, commands, requests, send }),
    linkChanged(state) {
      if (state === 'offline') {
        lines.linkLost()
        return
      }
      lines.linkBack()
      inOrder('', () => commands.offerWaiting()) // rule: offline-waits
    },
    resume: () => commands.resume(open), // rule: restart-keeps
    stop() {
      lines.stop()
      commands.stop()
    },
  }
}
