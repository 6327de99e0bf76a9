import { turn } from '../../../simulator/index.ts'
import type { GatewayParts, Store } from '../../gateway/index.ts'
import type { Change } from '../defect.ts'
import { ofTheme } from '../defect.ts'
import type { Command, Outgoing } from '../piece.ts'
import { storing } from '../piece.ts'

type Request = Command['request']

/** Keys that make two commands of one request, or one command of two requests. */
export const idempotencyDefects = ofTheme('idempotency', [
  {
    name: 'key-ignored',
    breaks: ['create-replay-same-command', 'create-replay-simultaneous', 'create-conflict'],
    sentence: 'Stores the idempotency key and never looks for it.',
    parts: ({ idempotencyScope }) => {
      let count = 0
      return { idempotencyScope: (api_id, key) => `${idempotencyScope(api_id, key)} ${count++}` }
    },
  },
  {
    name: 'key-shared-by-all-callers',
    breaks: ['create-key-per-api-id'],
    sentence: 'Looks for a key among the commands of all credentials.',
    parts: () => ({ idempotencyScope: (_api_id, key) => key }),
  },
  {
    name: 'key-per-device',
    breaks: ['create-conflict'],
    sentence: 'Makes the key unique for each device only.',
    parts: scopedToo(({ request }) => request.device_id),
  },
  {
    name: 'key-per-method',
    breaks: ['create-conflict'],
    sentence: 'Makes the key unique for each command type only.',
    parts: scopedToo(({ request }) => request.command_type),
  },
  {
    name: 'conflict-never',
    breaks: ['create-conflict'],
    sentence: 'Answers a used key with its command, whatever else the request says.',
    parts: () => ({ judgeRepeat: () => 'replay' }),
  },
  {
    name: 'conflict-without-timeout',
    breaks: ['create-conflict'],
    sentence: 'Leaves the timeout out when it compares two requests.',
    parts: comparing((request) => ({ ...request, timeout_seconds: 0 })),
  },
  {
    name: 'conflict-without-payload',
    breaks: ['create-conflict'],
    sentence: 'Leaves the payload out when it compares two requests.',
    parts: comparing((request) => ({ ...request, payload: {} })),
  },
  {
    name: 'conflict-without-method',
    breaks: ['create-conflict'],
    sentence: 'Leaves the command type out when it compares two requests.',
    parts: comparing((request) => ({ ...request, command_type: '' })),
  },
  {
    name: 'conflict-without-device',
    breaks: ['create-conflict'],
    sentence: 'Leaves the device out when it compares two requests.',
    parts: comparing((request) => ({ ...request, device_id: '' })),
  },
  {
    name: 'conflict-always',
    breaks: ['create-replay-same-command', 'create-replay-simultaneous'],
    sentence: 'Refuses every request with a used key.',
    parts: () => ({ judgeRepeat: () => 'conflict' }),
  },
  {
    name: 'compared-as-text',
    breaks: ['create-same-when-parsed'],
    sentence: 'Compares requests by a hash of their text, so that the order of keys matters.',
    parts: () => ({
      judgeRepeat: (first, again) =>
        JSON.stringify(first) === JSON.stringify(again) ? 'replay' : 'conflict',
    }),
  },
  {
    name: 'simultaneous-copies-race',
    breaks: ['create-replay-simultaneous'],
    sentence: 'Looks whether the key is taken, waits for the database, and then stores the command.',
    parts: storing((store) => {
      const taken = new Map<string, string>()
      let count = 0
      return {
        async createOnce(command) {
          const first = await findTaken(store, taken.get(command.scope))
          if (first !== undefined) return { kind: 'taken', command: first }
          await turn()
          await turn()
          await turn()
          taken.set(command.scope, command.command_id)
          return store.createOnce({ ...command, scope: `${command.scope} ${count++}` })
        },
      }
    }),
  },
  {
    name: 'key-free-after-the-end',
    breaks: ['create-replay-same-command', 'create-key-per-api-id'],
    sentence: 'Gives a key free when its command is over.',
    parts: renewing((taken) => taken.completed_at !== undefined),
  },
  {
    name: 'key-free-after-five-minutes',
    breaks: ['create-replay-same-command', 'create-key-per-api-id'],
    sentence: 'Keeps keys in a cache for five minutes.',
    parts: renewing((taken, command) => command.accepted_at - taken.accepted_at > 300_000),
  },
  {
    name: 'replay-published-again',
    breaks: ['create-replay-same-command', 'create-replay-simultaneous', 'one-publish'],
    sentence: 'Sends the command to the dock once more when its request is repeated.',
    parts: republishing(({ tid, bid }) => ({ tid: `${tid}-again`, bid })),
  },
  {
    name: 'replay-published-again-with-its-tid',
    breaks: ['create-replay-same-command', 'one-publish'],
    sentence: 'Publishes the same message once more when its request is repeated.',
    parts: republishing(({ tid, bid }) => ({ tid, bid })),
  },
  {
    name: 'replay-with-another-id',
    breaks: ['create-replay-same-command', 'create-replay-simultaneous'],
    sentence: 'Answers a repeated request with an id of its own.',
    parts: ({ presentCreated }) => ({
      presentCreated(command, how, request_id) {
        const id = command.command_id.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
        return presentCreated(how === 'replay' ? { ...command, command_id: id } : command, how, request_id)
      },
    }),
  },
  {
    name: 'replay-with-the-current-status',
    breaks: ['create-replay-accepted'],
    sentence: 'Answers a repeated request with the status that the command has by now.',
    parts: replaying((command, { presentCommand }) => ({ status: presentCommand(command)['status'] })),
  },
  {
    name: 'replay-accepted-anew',
    breaks: ['create-replay-accepted'],
    sentence: 'Answers a repeated request with the time of the repetition.',
    parts({ newCommand, presentCreated }) {
      let now = 0
      return {
        newCommand(made) {
          now = made.now
          return newCommand(made)
        },
        presentCreated: (command, how, request_id) =>
          presentCreated({ ...command, accepted_at: now }, how, request_id),
      }
    },
  },
])

async function findTaken(store: Store, id: string | undefined): Promise<Command | undefined> {
  return id === undefined ? undefined : await store.findCommand(id)
}

/** Compares requests after something was taken out of them. */
function comparing(reduce: (request: Request) => Request): Change {
  return ({ judgeRepeat }) => ({
    judgeRepeat: (first, again) => judgeRepeat(reduce(first), reduce(again)),
  })
}

/** A key belongs to more than the caller. */
function scopedToo(part: (command: Command) => string): Change {
  return storing((store) => ({
    createOnce: (command) => store.createOnce({ ...command, scope: `${command.scope} ${part(command)}` }),
  }))
}

/** Gives keys free when `isOver` says so. */
function renewing(isOver: (taken: Command, command: Command) => boolean): Change {
  return storing((store) => {
    let count = 0
    return {
      async createOnce(command) {
        const stored = await store.createOnce(command)
        if (stored.kind !== 'taken' || !isOver(stored.command, command)) return stored
        return store.createOnce({ ...command, scope: `${command.scope} ${count++}` })
      },
    }
  })
}

/** Other fields in the answer to a repeated request. */
function replaying(
  change: (command: Command, defaults: GatewayParts) => Readonly<Record<string, unknown>>,
): Change {
  return (defaults) => ({
    presentCreated(command, how, request_id) {
      const presented = defaults.presentCreated(command, how, request_id)
      if (how === 'first') return presented
      return { ...presented, body: { ...presented.body, ...change(command, defaults) } }
    },
  })
}

/** Publishes the message of a command again when its request is repeated. */
function republishing(names: (command: Command) => Readonly<Record<string, unknown>>): Change {
  return ({ publishMessage, presentCreated }) => {
    const sent = new Map<unknown, (command: Command) => void>()
    return {
      async publishMessage(link, outgoing) {
        sent.set(outgoing.message['tid'], (command) => {
          const again: Outgoing = { ...outgoing, message: { ...outgoing.message, ...names(command) } }
          // The link may be away: a gateway with this defect loses the copy then, it does not end.
          publishMessage(link, again).catch(() => undefined)
        })
        await publishMessage(link, outgoing)
      },
      presentCreated(command, how, request_id) {
        if (how === 'replay') sent.get(command.tid)?.(command)
        return presentCreated(command, how, request_id)
      },
    }
  }
}
