import type { JsonObject } from '../../../contracts/index.ts'
import type { Change } from '../defect.ts'
import { ofTheme } from '../defect.ts'
import { showing, without } from '../piece.ts'

/** Answers that do not show the command as it is. */
export const queryDefects = ofTheme('query', [
  {
    name: 'created-with-200',
    breaks: ['create-answers-202'],
    sentence: 'Answers a new command with 200.',
    parts: ({ presentCreated }) => ({
      presentCreated: (...asked) => ({ ...presentCreated(...asked), status: 200 }),
    }),
  },
  {
    name: 'created-as-pending',
    breaks: ['create-accepts'],
    sentence: 'Answers a new command with a status of its own.',
    parts: creating(() => ({ status: 'PENDING' })),
  },
  {
    name: 'created-without-time',
    breaks: ['create-accepts', 'create-accepted-at-utc'],
    sentence: 'Leaves the time of acceptance out.',
    parts: creating(() => ({ accepted_at: undefined })),
  },
  {
    name: 'created-in-local-time',
    breaks: ['create-accepted-at-utc'],
    sentence: 'Writes the time of acceptance with the offset of the server.',
    parts: creating(({ accepted_at }) => ({ accepted_at: String(accepted_at).replace('Z', '+08:00') })),
  },
  {
    name: 'created-at-a-number',
    breaks: ['create-accepted-at-utc', 'create-accepts'],
    sentence: 'Gives the time of acceptance as Unix milliseconds.',
    parts: creating(({ accepted_at }) => ({ accepted_at: Date.parse(String(accepted_at)) })),
  },
  {
    name: 'created-without-request-id',
    breaks: ['create-request-id'],
    sentence: 'Gives a request id with errors only.',
    parts: creating(() => ({ request_id: undefined })),
  },
  {
    name: 'command-id-counted',
    breaks: ['create-command-id-shape'],
    sentence: 'Numbers the commands.',
    parts({ newCommand }) {
      let count = 0
      return { newCommand: (made) => ({ ...newCommand(made), command_id: `cmd-${++count}` }) }
    },
  },
  {
    name: 'command-id-of-the-dock',
    breaks: ['create-command-id-unique'],
    sentence: 'Gives all commands of a dock one id.',
    parts({ newCommand }) {
      const ids = new Map<string, string>()
      return {
        newCommand(made) {
          const command = newCommand(made)
          const command_id = ids.get(made.gateway_sn) ?? command.command_id
          ids.set(made.gateway_sn, command_id)
          return { ...command, command_id }
        },
      }
    },
  },
  {
    name: 'status-in-lower-case',
    breaks: ['query-status-enum'],
    sentence: 'Shows the status in lower case.',
    parts: showing((shown) => ({ ...shown, status: String(shown['status']).toLowerCase() })),
  },
  {
    name: 'status-of-its-own',
    breaks: ['query-status-enum'],
    sentence: 'Shows IN_PROGRESS where the contract has DELIVERED.',
    parts: showing((shown) =>
      shown['status'] === 'DELIVERED' ? { ...shown, status: 'IN_PROGRESS' } : shown,
    ),
  },
  {
    name: 'query-without-vendor',
    breaks: ['query-shows-command'],
    sentence: 'Does not show the vendor.',
    parts: showing((shown) => without(shown, 'vendor')),
  },
  {
    name: 'query-with-the-serial-number',
    breaks: ['query-shows-command'],
    sentence: 'Shows the serial number of the dock as the device id.',
    parts: showing((shown, { gateway_sn }) => ({ ...shown, device_id: gateway_sn })),
  },
  {
    name: 'query-without-response-code',
    breaks: ['query-response-fields', 'reply-code-falls-to-result', 'reply-code-prefers-code'],
    sentence: 'Shows no response code.',
    parts: showing((shown) => without(shown, 'response_code')),
  },
  {
    name: 'query-without-vendor-response',
    breaks: ['query-response-fields', 'reply-vendor-response', 'reply-vendor-preserves'],
    sentence: 'Shows no vendor response.',
    parts: showing((shown) => without(shown, 'vendor_response')),
  },
  {
    name: 'query-with-a-response-before-there-is-one',
    breaks: ['query-response-fields'],
    sentence: 'Shows a response code of 0 before the dock has answered.',
    parts: showing((shown) => ({ response_code: '0', ...shown })),
  },
  {
    name: 'query-without-completed-at',
    breaks: ['query-timestamps'],
    sentence: 'Does not show when a command ended.',
    parts: showing((shown) => without(shown, 'completed_at')),
  },
  {
    name: 'query-without-a-reason',
    breaks: ['query-timestamps'],
    sentence: 'Does not show why a command failed.',
    parts: showing((shown) => without(shown, 'failure_reason')),
  },
  {
    name: 'commands-of-others-shown',
    breaks: ['query-own-commands'],
    sentence: 'Shows any command to any caller.',
    parts: () => ({ mayRead: () => true }),
  },
])

/** Other fields in the answer to a create. */
function creating(change: (body: JsonObject) => JsonObject): Change {
  return ({ presentCreated }) => ({
    presentCreated(...asked) {
      const presented = presentCreated(...asked)
      return { ...presented, body: { ...presented.body, ...change(presented.body) } }
    },
  })
}
