const MAX_DEPTH = 500
const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a JSON text in strict UTF-8.
 *
 * @throws {SyntaxError | TypeError | RangeError} when it is none, or nested deeper than it could be written again
 */
export function parseJson(bytes) {
  const value = JSON.parse(strictUtf8.decode(bytes))
  refuseDeepNesting(value)
  return value
}

/** @returns {boolean} */
export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * @param {Buffer} payload
 * @returns the reply's meaning; undefined for what is not JSON, not an object, without `data`
 *   (rule: reply-malformed) or without an integer `result` (rule: reply-without-result)
 */
export function parseReply(payload) {
  let plain
  let exact
  try {
    plain = parseJson(payload)
    exact = JSON.parse(quoteLongNumbers(strictUtf8.decode(payload)))
  } catch {
    return undefined
  }
  if (!isObject(plain) || !isObject(plain.data) || !Number.isInteger(plain.data.result)) return undefined

  return {
    tid: plain.tid,
    bid: plain.bid,
    method: plain.method,
    succeeded: plain.data.result === 0,
    code: responseCode(exact.data),
    message: responseMessage(exact.data),
    // rule: reply-vendor-exact (may). The whole message is kept, not its data alone.
    vendorResponse: { reply: exact },
  }
}

function responseCode({ code, result }) {
  // rule: reply-code-null-absent (may). Here an empty string says nothing either.
  const given = typeof code === 'number' || (typeof code === 'string' && code !== '')
  return String(given ? code : result)
}

function responseMessage({ description, msg, message }) {
  // rule: reply-message-order (may). The most talkative first.
  const given = [description, msg, message].filter((text) => typeof text === 'string')
  return given.find((text) => text !== '') ?? given[0] ?? null
}

/**
 * JavaScript rounds numbers of more than 15 digits; as numeric strings they stay what they were
 * (rule: reply-vendor-preserves). The text is known to be JSON, so a number is what stands outside of strings.
 */
function quoteLongNumbers(text) {
  return text.replace(/"(?:[^"\\]+|\\.)*"|-?\d[\d.eE+-]*/g, (token) => {
    if (token.startsWith('"')) return token
    const long = token.replace(/\D/g, '').length > 15 || !Number.isFinite(Number(token))
    return long ? `"${token}"` : token
  })
}

function refuseDeepNesting(root) {
  let level = [root]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw new RangeError('nested too deep')
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    )
  }
}
