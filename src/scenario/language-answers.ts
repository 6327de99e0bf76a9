/** What `expect` of a step that makes an HTTP call says: the parts of its answer. */
export const answerParts = {
  http: 'Status of the answer.',
  headers: 'Headers of the answer, by name; capitals do not count.',
  body: 'Body of the answer: JSON as an object, any other text as it stands.',
} as const

/** What `expect` of `await` and `stays` says: fields of the command as a read shows it. A gateway may show others. */
export const commandFields = {
  command_id: 'Id of the command.',
  status: 'Status of the command.',
  vendor: 'Vendor of the command.',
  device_id: 'Device of the command, by its name in the scenario.',
  command_type: 'Method of the command.',
  response_code: "The reply's code when it has one, else its result: always a text.",
  response_message: "The reply's message, msg or description.",
  vendor_response: "The reply's data as the device sent it.",
  accepted_at: 'When it was accepted.',
  delivered_at: 'When it was published to the device.',
  completed_at: 'When it was decided.',
  response_received_at: 'When the reply came.',
  updated_at: 'When it last changed.',
  failure_code: 'Why it failed, as a word.',
  failure_reason: 'Why it failed, in a sentence.',
} as const
