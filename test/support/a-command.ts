import type { Command } from '../../src/gateway/command.ts'
import type { MappedReply } from '../../src/gateway/map-reply.ts'

/** A complete stored command; the fields given replace its own. */
export function aCommand(fields: Partial<Command> = {}): Command {
  return {
    command_id: 'command-1',
    api_id: 'client-1',
    scope: 'scope-1',
    request: {
      vendor: 'dji',
      device_id: 'drone-001',
      command_type: 'drone_close',
      idempotency_key: 'key-1',
      payload: {},
      timeout_seconds: 30,
    },
    gateway_sn: 'DOCK001',
    tid: 'tid-1',
    bid: 'bid-1',
    state: 'accepted',
    accepted_at: 1000,
    deadline_at: 31_000,
    updated_at: 1000,
    ...fields,
  }
}

/** A reply that succeeded, as it is mapped. */
export function aMappedReply(fields: Partial<MappedReply> = {}): MappedReply {
  return { outcome: 'succeeded', response_code: '0', vendor_response: { result: 0 }, ...fields }
}
