import type { Verb } from './language-verbs.ts'

type Fields = Readonly<Record<string, unknown>>

/** A step in one line that a person reads: "await FAILED of closing". */
export function summarise(verb: Verb, body: unknown, options: Fields): string {
  const extras = [
    ['of', options['of']],
    ['for', options['for']],
    ['within', options['within']],
    ['after', options['after']],
    ['as', options['as']],
  ].flatMap(([word, value]) => (value === undefined ? [] : [`${String(word)} ${text(value)}`]))
  return clipped([verb, ...words(verb, body), ...extras].join(' '))
}

function words(verb: Verb, body: unknown): readonly string[] {
  if (typeof body !== 'object' || body === null) return [text(body)]
  if (Array.isArray(body)) return [body.map(text).join(verb === 'lifecycle' ? ' → ' : ' or ')]
  return wordsOf[verb]?.(body as Fields) ?? [pairs(body as Fields)]
}

const wordsOf: Readonly<Partial<Record<Verb, (body: Fields) => readonly string[]>>> = {
  send: ({ device_id, command_type, ...others }) => [
    text(command_type ?? 'a request'),
    'to',
    text(device_id ?? 'nobody'),
    ...some(others),
  ],
  request: ({ method, path }) => [text(method), text(path)],
  release: ({ device, reply }) => [text(device), ...(reply === undefined ? [] : [`reply ${text(reply)}`])],
  device: ({ on: _on, payload: _payload, ...others }) => [pairs(others)],
  'expect-mqtt': (body) => messageWords(body),
  repeat: (body) => roundWords(body),
  parallel: ({ repeat }) => (repeat === undefined ? [] : ['repeat', ...roundWords(repeat as Fields)]),
}

function messageWords({ device, topic, count, method, distinct, ...others }: Fields): readonly string[] {
  return [
    count === undefined ? 'some' : text(count),
    ...(distinct === undefined ? [] : [`distinct ${text(distinct)}`]),
    'on',
    text(topic ?? 'any topic'),
    ...(device === undefined ? [] : ['of', text(device)]),
    ...(method === undefined ? [] : ['method', text(method)]),
    ...some(others),
  ]
}

function roundWords({ times, each }: Fields): readonly string[] {
  return [
    ...(times === undefined ? [] : [`${text(times)} times`]),
    ...(each === undefined ? [] : [`each ${Array.isArray(each) ? each.map(text).join(', ') : text(each)}`]),
  ]
}

function some(fields: Fields): readonly string[] {
  return Object.keys(fields).length === 0 ? [] : [pairs(fields)]
}

function pairs(fields: Fields): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key} ${text(value)}`)
    .join(', ')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function clipped(line: string): string {
  return line.length > 120 ? `${line.slice(0, 119)}…` : line
}
