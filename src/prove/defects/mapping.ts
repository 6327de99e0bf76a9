import { ofTheme } from '../defect.ts'
import { deeply, mapping, showing, without } from '../piece.ts'

/** Replies that are shown as something else than the dock said. */
export const mappingDefects = ofTheme('mapping', [
  {
    name: 'code-only-when-truthy',
    breaks: ['reply-code-prefers-code'],
    sentence: 'Takes the code with `code || result`, so that the code 0 counts as none.',
    parts: mapping((data, result, { response_code }) => ({
      response_code: data['code'] ? response_code : String(result),
    })),
  },
  {
    name: 'code-ignored',
    breaks: ['reply-code-prefers-code'],
    sentence: 'Always shows the result as the response code.',
    parts: mapping((_data, result) => ({ response_code: String(result) })),
  },
  {
    name: 'code-as-number',
    breaks: ['reply-code-string'],
    sentence: 'Writes a response code that looks like a number as a number.',
    parts: showing((shown) => {
      const number = Number(shown['response_code'])
      return Number.isNaN(number) ? shown : { ...shown, response_code: number }
    }),
  },
  {
    name: 'code-through-a-number',
    breaks: ['reply-code-prefers-code'],
    sentence: 'Parses a code as a number and prints it again, so that "007" becomes "7".',
    parts: mapping((_data, _result, { response_code }) => {
      const number = Number(response_code)
      return Number.isNaN(number) ? {} : { response_code: String(number) }
    }),
  },
  {
    name: 'code-upper-case',
    breaks: ['reply-code-prefers-code'],
    sentence: 'Brings response codes into upper case.',
    parts: mapping((_data, _result, { response_code }) => ({ response_code: response_code.toUpperCase() })),
  },
  {
    name: 'code-empty-without-code',
    breaks: ['reply-code-falls-to-result', 'query-response-fields'],
    sentence: 'Leaves the response code empty when the dock gave no code.',
    parts: mapping((data) =>
      data['code'] === undefined || typeof data['code'] === 'string' ? { response_code: '' } : {},
    ),
  },
  {
    name: 'code-null-as-text',
    breaks: ['reply-code-null-absent'],
    sentence: 'Turns whatever is in the code into a text, so that null becomes "null".',
    parts: mapping((data) =>
      data['code'] === undefined ? {} : { response_code: JSON.stringify(data['code']) },
    ),
  },
  {
    name: 'code-decides',
    breaks: ['reply-zero-succeeds', 'reply-nonzero-fails'],
    sentence: 'Judges success by the code when there is one, and by the result otherwise.',
    parts: mapping((_data, _result, { response_code }) => ({
      outcome: response_code === '0' ? 'succeeded' : 'failed',
    })),
  },
  {
    name: 'result-compared-with-text',
    breaks: ['reply-zero-succeeds'],
    sentence: 'Compares the result with "0", which the number 0 never equals.',
    parts: mapping((data) => ({ outcome: data['result'] === '0' ? 'succeeded' : 'failed' })),
  },
  {
    name: 'result-ignored',
    breaks: ['reply-nonzero-fails'],
    sentence: 'Takes any reply for a success.',
    parts: mapping(() => ({ outcome: 'succeeded' })),
  },
  {
    name: 'result-negative-succeeds',
    breaks: ['reply-nonzero-fails'],
    sentence: 'Takes only results above 0 for errors.',
    parts: mapping((_data, result) => ({ outcome: result <= 0 ? 'succeeded' : 'failed' })),
  },
  {
    name: 'result-cut-to-a-byte',
    breaks: ['reply-nonzero-fails'],
    sentence: 'Keeps the result in one byte, so that 512 is 0.',
    parts: mapping((_data, result) => ({ outcome: result % 256 === 0 ? 'succeeded' : 'failed' })),
  },
  ...(['message', 'msg', 'description'] as const).map((name) => ({
    name: `${name}-ignored`,
    breaks: [`reply-message-${name}`],
    sentence: `Never looks for the message in \`${name}\`.`,
    parts: mapping((data) => {
      const others = ['message', 'msg', 'description'].filter((other) => other !== name)
      const found = others.map((other) => data[other]).find((text) => typeof text === 'string')
      return { response_message: typeof found === 'string' ? found : '' }
    }),
  })),
  {
    name: 'messages-joined',
    breaks: ['reply-message-one-of'],
    sentence: 'Joins all messages of the reply into one.',
    parts: mapping((data) => {
      const texts = ['message', 'msg', 'description'].map((name) => data[name])
      const joined = texts.filter((text) => typeof text === 'string').join('; ')
      return joined === '' ? {} : { response_message: joined }
    }),
  },
  {
    name: 'messages-in-reverse',
    breaks: ['reply-message-order'],
    sentence: 'Prefers the description to the message.',
    parts: mapping((data) => {
      const texts = ['description', 'msg', 'message'].map((name) => data[name])
      const first = texts.find((text) => typeof text === 'string')
      return typeof first === 'string' ? { response_message: first } : {}
    }),
  },
  {
    name: 'message-without-odd-characters',
    breaks: ['reply-message-message'],
    sentence: 'Keeps only ASCII characters of the message.',
    parts: mapping((_data, _result, { response_message: text }) =>
      text === undefined ? {} : { response_message: text.replaceAll(/[^ -~]/g, '?') },
    ),
  },
  {
    name: 'vendor-response-as-text',
    breaks: ['reply-vendor-response', 'query-response-fields'],
    sentence: 'Shows the vendor response as a text with JSON in it.',
    parts: showing((shown) =>
      shown['vendor_response'] === undefined
        ? shown
        : { ...shown, vendor_response: JSON.stringify(shown['vendor_response']) },
    ),
  },
  {
    name: 'vendor-response-missing',
    breaks: ['reply-vendor-preserves', 'reply-vendor-response', 'query-response-fields'],
    sentence: 'Throws the data of the reply away.',
    parts: mapping(() => ({ vendor_response: {} })),
  },
  {
    name: 'vendor-response-known-fields-only',
    breaks: ['reply-vendor-preserves'],
    sentence: 'Reads the reply into a class with the fields that it knows, and shows those.',
    parts: mapping((data) => {
      const known = ['result', 'code', 'message', 'msg', 'description', 'output']
      return {
        vendor_response: Object.fromEntries(Object.entries(data).filter(([key]) => known.includes(key))),
      }
    }),
  },
  {
    name: 'vendor-response-without-output',
    breaks: ['reply-vendor-preserves'],
    sentence: 'Drops the output of the reply.',
    parts: mapping((data) => ({ vendor_response: without(data, 'output') })),
  },
  {
    name: 'vendor-response-wrapped',
    breaks: ['reply-vendor-exact'],
    sentence: 'Puts the data of the reply one level deeper.',
    parts: mapping((data) => ({ vendor_response: { data } })),
  },
  {
    name: 'vendor-response-numbers-as-text',
    breaks: ['reply-vendor-exact'],
    sentence: 'Turns the numbers of the reply into texts.',
    parts: mapping((data) => ({
      vendor_response: Object.fromEntries(
        Object.entries(data).map(([key, value]) => [
          key,
          deeply(value, (leaf) => (typeof leaf === 'number' ? String(leaf) : leaf)),
        ]),
      ),
    })),
  },
])
