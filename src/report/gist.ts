/** An MQTT message in a few words: method, tid, and what it carries. A text that is no message stays as it is. */
export function messageGist(payload: string): string {
  const message = objectOf(payload)
  if (message === undefined || !('data' in message)) return payload
  const { method, tid, data } = message
  const words = [
    typeof method === 'string' ? method : '',
    typeof tid === 'string' ? `tid ${tid}` : 'without tid',
    JSON.stringify(data),
  ]
  return words.filter((word) => word !== '').join(' ')
}

/** An answer in a few words: a command's status and response, an error's code and message; any other text as it is. */
export function answerGist(response: string): string {
  const answer = objectOf(response)
  if (answer === undefined) return response
  const { status, response_code, response_message, code, message } = answer
  const words = typeof status === 'string' ? [status, response_code, response_message] : [code, message]
  const told = words.filter((word) => typeof word === 'string' || typeof word === 'number')
  return told.length === 0 ? response : told.join(' ')
}

/** The same JSON object with the fields first that tell most: what does not fit on the screen is at the end. */
export function foremostFirst(text: string): string {
  const fields = text.length <= shortText ? undefined : objectOf(text)
  if (fields === undefined) return text
  const first = foremost.filter((name) => name in fields).map((name) => [name, fields[name]] as const)
  return JSON.stringify({ ...Object.fromEntries(first), ...fields })
}

/** A text of so many characters is shown whole anyway, and stays as it was on the wire. */
const shortText = 150

const foremost = [
  'code',
  'message',
  'status',
  'response_code',
  'response_message',
  'vendor_response',
  'failure_code',
  'failure_reason',
  'tid',
  'method',
  'data',
]

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>
  } catch {
    // bodies are cut to a readable length
    return undefined
  }
}
