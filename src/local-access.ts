import { createIds, createRandom, seedOf } from '../simulator/index.ts'
import type { Credential } from './scenario/index.ts'

export interface LocalAccess {
  readonly credential: Credential
  readonly secondCredential: Credential
  readonly mqtt: { readonly username: string; readonly password: string }
}

/** Credentials of a local rig, drawn from its seed: the same from run to run, and nobody's real ones. For loopback only. */
export function localAccess(seed: number): LocalAccess {
  const secret = createIds(createRandom(seedOf(seed, 'secrets')))
  const key = (): string => secret().replaceAll('-', '')
  return {
    credential: { api_id: 'dockrig', api_key: key() },
    secondCredential: { api_id: 'dockrig-second', api_key: key() },
    mqtt: { username: 'platform', password: key() },
  }
}
