import type { JsonObject } from '../../../contracts/index.ts'
import type { GatewayParts } from '../../gateway/index.ts'
import type { Change } from '../defect.ts'
import { ofTheme } from '../defect.ts'
import { reading, without } from '../piece.ts'

/** Requests that are accepted and must not be, or are refused and must not be. */
export const validationDefects = ofTheme('validation', [
  {
    name: 'key-optional',
    breaks: ['create-refuses-missing'],
    sentence: 'Makes up an idempotency key when the request has none.',
    parts(defaults) {
      let count = 0
      return reading((body) => ({ idempotency_key: `made up ${count++}`, ...body }))(defaults)
    },
  },
  {
    name: 'payload-optional',
    breaks: ['create-refuses-missing'],
    sentence: 'Takes a missing payload for an empty one.',
    parts: reading((body) => ({ payload: {}, ...body })),
  },
  {
    name: 'vendor-optional',
    breaks: ['create-refuses-missing'],
    sentence: 'Assumes the vendor when the request names none.',
    parts: reading((body) => ({ vendor: 'dji', ...body })),
  },
  {
    name: 'payload-null-accepted',
    breaks: ['create-refuses-payload'],
    sentence: 'Takes a payload of null for an empty one.',
    parts: reading((body) => (body['payload'] === null ? { ...body, payload: {} } : body)),
  },
  {
    name: 'payload-list-accepted',
    breaks: ['create-refuses-payload'],
    sentence: 'Checks the payload with `typeof`, for which a list is an object.',
    parts: reading((body) => (Array.isArray(body['payload']) ? { ...body, payload: {} } : body)),
  },
  {
    name: 'timeout-of-text-accepted',
    breaks: ['create-refuses-timeout'],
    sentence: 'Lets the framework turn the text "30" into a number.',
    parts: timeoutRead((value) => (typeof value === 'string' ? Number(value) : value)),
  },
  {
    name: 'timeout-clamped',
    breaks: ['create-refuses-timeout'],
    sentence: 'Moves a timeout that is out of range to the end of the range.',
    parts: timeoutRead((value) =>
      Number.isInteger(value) ? Math.min(300, Math.max(0, Number(value))) : value,
    ),
  },
  {
    name: 'timeout-truncated',
    breaks: ['create-refuses-timeout'],
    sentence: 'Cuts the fraction of a timeout off.',
    parts: timeoutRead((value) => (typeof value === 'number' ? Math.trunc(value) : value)),
  },
  {
    name: 'timeout-of-300-refused',
    breaks: ['create-accepts-timeout-range'],
    sentence: 'Checks that a timeout is below 300, not at most 300.',
    parts: timeoutRead((value) => (value === 300 ? 301 : value)),
  },
  {
    name: 'timeout-of-zero-is-the-default',
    breaks: ['create-timeout-zero'],
    sentence: 'Takes the timeout with `timeout || 30`.',
    parts: timeoutRead((value) => (value === 0 ? 30 : value)),
  },
  {
    name: 'timeout-of-zero-refused',
    breaks: ['create-timeout-zero'],
    sentence: 'Refuses a timeout of 0.',
    parts: timeoutRead((value) => (value === 0 ? -1 : value)),
  },
  {
    name: 'numbers-taken-for-text',
    breaks: ['create-refuses-types'],
    sentence: 'Turns numbers in required texts into texts.',
    parts: reading((body) =>
      typeof body['idempotency_key'] === 'number'
        ? { ...body, idempotency_key: String(body['idempotency_key']) }
        : body,
    ),
  },
  {
    name: 'empty-key-accepted',
    breaks: ['create-refuses-empty'],
    sentence: 'Accepts an empty idempotency key.',
    parts: reading((body) => (body['idempotency_key'] === '' ? { ...body, idempotency_key: ' ' } : body)),
  },
  {
    name: 'unknown-vendor-accepted',
    breaks: ['create-refuses-vendor'],
    sentence: 'Does not look at the vendor.',
    parts: reading((body) =>
      typeof body['vendor'] === 'string' && body['vendor'] !== '' ? { ...body, vendor: 'dji' } : body,
    ),
  },
  {
    name: 'unknown-command-accepted',
    breaks: ['create-refuses-command'],
    sentence: 'Passes any command type on to the dock.',
    parts: inContext((context) => ({
      ...context,
      catalogue: { find: () => ({ offered: true }), check: (...asked) => context.catalogue.check(...asked) },
    })),
  },
  {
    name: 'commands-beyond-the-list-accepted',
    breaks: ['method-not-offered-refused'],
    sentence: 'Offers every method that the manufacturer documents.',
    parts: inContext((context) => ({
      ...context,
      catalogue: {
        find: (name) => (context.catalogue.find(name) === undefined ? undefined : { offered: true }),
        check: (...asked) => context.catalogue.check(...asked),
      },
    })),
  },
  {
    name: 'unknown-device-accepted',
    breaks: ['create-refuses-device'],
    sentence: 'Accepts commands for devices that nobody has registered.',
    parts: inContext((context) => ({
      ...context,
      devices: {
        find: (id) => context.devices.find(id) ?? { gateway_sn: id },
        byGateway: (sn) => context.devices.byGateway(sn),
      },
    })),
  },
  {
    name: 'unknown-fields-ignored',
    breaks: ['create-refuses-unknown-fields'],
    sentence: 'Drops the fields of a request that it does not know.',
    parts: reading((body) => {
      const known = ['vendor', 'device_id', 'command_type', 'idempotency_key', 'payload', 'timeout_seconds']
      return without(body, ...Object.keys(body).filter((name) => !known.includes(name)))
    }),
  },
  {
    name: 'payload-unchecked',
    breaks: ['create-checks-payload'],
    sentence: 'Passes any payload on to the dock.',
    parts: inContext((context) => ({
      ...context,
      catalogue: { find: (name) => context.catalogue.find(name), check: () => [] },
    })),
  },
  {
    name: 'body-that-is-no-json-is-an-empty-one',
    breaks: ['create-refuses-json'],
    sentence: 'Goes on with an empty body when the parser fails.',
    parts: ({ parseBody }) => ({
      parseBody(raw) {
        try {
          return parseBody(raw)
        } catch {
          return {}
        }
      },
    }),
  },
])

/** Reads another timeout than the request has; requests without one are left alone. */
function timeoutRead(change: (value: unknown) => unknown): Change {
  return reading((body: JsonObject) =>
    Object.hasOwn(body, 'timeout_seconds')
      ? { ...body, timeout_seconds: change(body['timeout_seconds']) }
      : body,
  )
}

type CreateContext = Parameters<GatewayParts['validateCreate']>[1]

/** Looks a request up elsewhere. */
function inContext(change: (context: CreateContext) => CreateContext): Change {
  return ({ validateCreate }) => ({
    validateCreate: (body, context) => validateCreate(body, change(context)),
  })
}
