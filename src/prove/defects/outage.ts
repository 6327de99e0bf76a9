import type { GatewayParts } from '../../gateway/index.ts'
import { ofTheme } from '../defect.ts'
import type { Command } from '../piece.ts'
import { storing, wording } from '../piece.ts'

/** Commands that do not outlive an absent dock or a restart of the gateway. */
export const outageDefects = ofTheme('mqtt', [
  {
    name: 'offline-published-anyway',
    breaks: ['offline-waits'],
    sentence: 'Publishes a command at once, whether its dock is there or not.',
    parts: () => ({ nextPresence: () => 'online' }),
  },
  {
    name: 'offline-commands-dropped',
    breaks: ['offline-waits', 'lifecycle-deadline-from-acceptance'],
    sentence: 'Never comes back to the commands of a dock that was away.',
    parts: storing((store) => ({
      openCommands: async (gateway_sn) =>
        (await store.openCommands(gateway_sn)).filter(({ sent_at }) => sent_at !== undefined),
    })),
  },
  {
    name: 'restart-loses-commands',
    breaks: ['restart-keeps'],
    sentence: 'Keeps commands in the memory of the process.',
    parts: storing((store, start) => {
      const known = new Set<string>()
      const own = (command: Command | undefined): Command | undefined =>
        start === 1 || (command !== undefined && known.has(command.command_id)) ? command : undefined
      return {
        createOnce(command) {
          known.add(command.command_id)
          return store.createOnce(start === 1 ? command : { ...command, scope: `${command.scope} ${start}` })
        },
        findCommand: async (id) => own(await store.findCommand(id)),
        findByTid: async (tid) => own(await store.findByTid(tid)),
        openCommands: async (gateway_sn) =>
          (await store.openCommands(gateway_sn)).filter((command) => own(command) !== undefined),
      }
    }),
  },
  {
    name: 'restart-loses-keys',
    breaks: ['restart-keeps'],
    sentence: 'Keeps idempotency keys in the memory of the process.',
    parts: storing((store, start) => ({
      createOnce: (command) => store.createOnce({ ...command, scope: `${command.scope} ${start}` }),
    })),
  },
  {
    name: 'restart-sends-again-under-another-tid',
    breaks: ['one-publish', 'restart-keeps'],
    sentence: 'Sends what is open after a restart, as if it were new.',
    parts: (defaults) => ({ ...resending(defaults), ...retelling(defaults) }),
  },
  {
    name: 'restart-stops-the-clock',
    breaks: ['restart-keeps', 'lifecycle-deadline', 'lifecycle-deadline-from-acceptance'],
    sentence: 'Sets no timer for the commands that it finds at the start.',
    parts({ recordEvent, openStore }) {
      let start = 0
      let known: ReadonlySet<string> = new Set()
      return {
        openStore(store) {
          start++
          if (start > 1) void store.openCommands().then((open) => (known = new Set(open.map(idOf))))
          return openStore(store)
        },
        recordEvent(command, event, at, next) {
          return event.kind === 'deadline' && known.has(command.command_id)
            ? undefined
            : recordEvent(command, event, at, next)
        },
      }
    },
  },
])

function idOf({ command_id }: Command): string {
  return command_id
}

const again = ' again'

/** Commands that were sent before a restart are taken for new ones after it. */
function resending(defaults: GatewayParts): Partial<GatewayParts> {
  return storing((store, start) => {
    let isFirst = start > 1
    return {
      async openCommands(gateway_sn) {
        const open = await store.openCommands(gateway_sn)
        if (!isFirst) return open
        isFirst = false
        for (const { command_id } of open) await store.updateCommand(command_id, unsent)
        return store.openCommands(gateway_sn)
      },
      findByTid: (tid) => store.findByTid(tid.replace(again, '')),
    }
  })(defaults)
}

function unsent({ sent_at: _sent_at, ...command }: Command): Command {
  return { ...command, state: 'accepted', bid: `${command.bid}${again}` }
}

/** A command that was taken for new gets a new tid. */
function retelling(defaults: GatewayParts): Partial<GatewayParts> {
  return wording((_message, { tid, bid }) => ({ tid: bid.endsWith(again) ? `${tid}${again}` : tid }))(
    defaults,
  )
}
