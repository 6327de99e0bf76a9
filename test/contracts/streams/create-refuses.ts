import type { JsonObject, Observation } from '../../../contracts/index.ts'
import { aCreate, aService, refusal } from '../../support/observations.ts'
import { refused } from './create.ts'
import type { Row } from './row.ts'
import { at, up } from './row.ts'

/** A request that is to be refused: refused as due, and accepted and sent. */
function refusal400(rule: string, request: JsonObject, code: string, more: Partial<Row> = {}): Row {
  return {
    rule,
    accepts: [up, aCreate(at(1, 1), 1, { request, ...refused(code) })],
    refuses: [up, aCreate(at(1, 1), 1, { request }), serviceOf(request)],
    ...more,
  }
}

export const refusalRows: readonly Row[] = [
  refusal400('create-refuses-missing', { vendor: undefined }, 'VALIDATION_FAILED'),
  refusal400('create-refuses-payload', { payload: [] }, 'VALIDATION_FAILED'),
  refusal400('create-refuses-timeout', { timeout_seconds: 301 }, 'VALIDATION_FAILED'),
  refusal400('create-refuses-timeout', { timeout_seconds: '30' }, 'VALIDATION_FAILED', { case: 'text' }),
  refusal400('create-refuses-types', { device_id: 5 }, 'VALIDATION_FAILED'),
  refusal400('create-refuses-empty', { command_type: '' }, 'VALIDATION_FAILED'),
  refusal400('create-refuses-vendor', { vendor: 'nobody' }, 'UNSUPPORTED_VENDOR'),
  refusal400('create-refuses-command', { command_type: 'make_coffee' }, 'UNSUPPORTED_COMMAND'),
  {
    rule: 'create-refuses-device',
    accepts: [
      up,
      aCreate(at(1, 1), 1, { request: { device_id: 'nowhere' }, ...refused('DEVICE_NOT_FOUND', 404) }),
    ],
    refuses: [up, aCreate(at(1, 1), 1, { request: { device_id: 'nowhere' } })],
  },
  {
    rule: 'create-refuses-json',
    accepts: [up, aCreate(at(1, 1), 1, { requestText: '{', ...refused('INVALID_REQUEST_BODY') })],
    refuses: [up, aCreate(at(1, 1), 1, { requestText: '{', ...refused('VALIDATION_FAILED') })],
  },
  refusal400('create-refuses-unknown-fields', { timeout_second: 3 }, 'VALIDATION_FAILED', {
    refuses: [up, aCreate(at(1, 1), 1, { request: { timeout_second: 3 } }), aService(at(3, 1))],
  }),
  {
    rule: 'create-checks-payload',
    accepts: [
      up,
      aCreate(at(1, 1), 1, {
        request: { payload: { force: 1 } },
        status: 400,
        body: { ...refusal('VALIDATION_FAILED'), message: '/payload/force: expected no such field' },
      }),
    ],
    refuses: [
      up,
      aCreate(at(1, 1), 1, { request: { payload: { force: 1 } }, ...refused('VALIDATION_FAILED') }),
    ],
  },
  refusal400('method-not-offered-refused', { command_type: 'esim_activate' }, 'UNSUPPORTED_COMMAND'),
]

/** The message that a gateway sends which lets the request pass. */
function serviceOf({ command_type: method = 'drone_close', payload: data = {} }: JsonObject): Observation {
  return aService(at(3, 1), 1, { envelope: { method, data } })
}
