import type { Credential, Scope } from './seams.ts'

/** Whether a credential may make a call of that scope; one without scopes may do everything. */
export function isAllowed(credential: Credential, scope: Scope): boolean {
  return credential.scopes === undefined || credential.scopes.includes(scope) // rule: error-forbidden
}
