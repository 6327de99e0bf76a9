import type { Credential } from '../scenario/index.ts'
import { localAccess } from '../local-access.ts'

/** Whom to sign for: what was given, else the credential of a local `dockrig serve` with the same seed. */
export function credentialOf(options: {
  readonly apiId?: string
  readonly apiKey?: string
  readonly seed: number
}): Credential {
  const local = localAccess(options.seed).credential
  return { api_id: options.apiId ?? local.api_id, api_key: options.apiKey ?? local.api_key }
}
