import { canonicalString } from '../../contracts/index.ts'
import { acknowledgeEvent, acknowledgeStatus } from './acknowledge.ts'
import { answerRequest, composeAnswer } from './answer-request.ts'
import { isAllowed } from './authorise.ts'
import { newCommand } from './command.ts'
import { nextState } from './command-state.ts'
import type { ErrorCode } from './errors.ts'
import { errorBody, errorStatus } from './errors.ts'
import { idempotencyScope, judgeRepeat } from './idempotency.ts'
import { parseBody } from './json-body.ts'
import { mapReply } from './map-reply.ts'
import { matchReply } from './match-reply.ts'
import { createNonceMemory } from './nonce-memory.ts'
import { nextPresence } from './presence.ts'
import { mayRead, presentCommand, presentCreated } from './present-command.ts'
import { readReply } from './read-reply.ts'
import { recordEvent } from './record-event.ts'
import { requestId } from './request-id.ts'
import { publishMessage, serviceMessage } from './service-message.ts'
import { isInWindow, sameSignature, verifySignature } from './signing.ts'
import { openStore } from './store.ts'
import { validateCreate } from './validate-create.ts'

/**
 * The pieces of which the gateway is put together. Each is a small function that can be wrapped or replaced from outside,
 * one at a time; this is how the harness makes gateways with one known defect.
 */
export const defaultParts = {
  // HTTP: requests and answers
  requestId,
  errorStatus,
  // Wider than what it is, so that a wrong body can stand in for it.
  errorBody: errorBody as (code: ErrorCode, message: string, request_id: string) => unknown,
  parseBody,
  validateCreate,
  presentCreated,
  presentCommand,
  mayRead,
  // signing
  verifySignature,
  canonical: canonicalString,
  sameSignature,
  isInWindow,
  createNonceMemory,
  isAllowed,
  // idempotency
  idempotencyScope,
  judgeRepeat,
  // commands and their life
  openStore,
  newCommand,
  nextState,
  recordEvent,
  // to the dock
  serviceMessage,
  publishMessage,
  acknowledgeEvent,
  acknowledgeStatus,
  answerRequest,
  composeAnswer,
  nextPresence,
  // from the dock
  readReply,
  mapReply,
  matchReply,
}

export type GatewayParts = Readonly<typeof defaultParts>
