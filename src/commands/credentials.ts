import type { Profile } from '../../contracts/index.ts'
import type { TargetConfig } from '../config.ts'
import { loadConfig, profileOf } from '../config.ts'
import type { Credential } from '../scenario/index.ts'
import { localAccess } from '../local-access.ts'

export interface SignerOptions {
  readonly apiId?: string
  readonly apiKey?: string
  readonly seed: number
  readonly config?: string
}

/** Whom a call is signed for, and how: names of headers, lines, base path. */
export interface Signer {
  readonly credential: Credential
  readonly profile: Pick<Profile, 'headers' | 'signing' | 'base_path'>
}

/**
 * What was given, else what the target's part of dockrig.yaml says, else the credential of a local `dockrig serve` with the
 * same seed. Throws FILE_UNREADABLE or CONFIG_INVALID.
 */
export function signerOf(options: SignerOptions, cwd: string): Signer {
  const { target } = loadConfig(cwd, options.config)
  return { credential: credentialOf(options, target), profile: profileOf(target) }
}

function credentialOf({ apiId, apiKey, seed }: SignerOptions, target: TargetConfig = {}): Credential {
  const local = localAccess(seed).credential
  return {
    api_id: apiId ?? target.api_id ?? local.api_id,
    api_key: apiKey ?? target.api_key ?? local.api_key,
  }
}
