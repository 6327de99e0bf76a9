/** The caller's `X-Request-Id` when it is printable ASCII of at most 128 characters, else a new one. */
export function requestId(given: string | readonly string[] | undefined, newId: () => string): string {
  // rule: error-request-id-echo
  return typeof given === 'string' && /^[\x21-\x7e](?:[\x20-\x7e]{0,126}[\x21-\x7e])?$/.test(given)
    ? given
    : newId()
}
