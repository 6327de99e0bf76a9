import { isDeepStrictEqual } from 'node:util'
import type { CommandRequest } from './command.ts'

/** What makes a key unique: it belongs to the API ID that used it. */
export function idempotencyScope(api_id: string, idempotency_key: string): string {
  return JSON.stringify([api_id, idempotency_key]) // rule: create-key-per-api-id
}

/** Whether a request with a used key asks for the same command again; compared as parsed, defaults filled in. */
export function judgeRepeat(first: CommandRequest, again: CommandRequest): 'replay' | 'conflict' {
  // rule: create-replay-same-command, create-conflict, create-same-when-parsed
  return isDeepStrictEqual(first, again) ? 'replay' : 'conflict'
}
