import type { LoadedStep } from './loaded.ts'
import type { PlannedStep } from './planned.ts'
import { explainValue, explainSpan } from './explain-value.ts'
import type { Verb } from './language-verbs.ts'

type Fields = Readonly<Record<string, unknown>>

/** A step as a sentence. */
export function explainStep({ verb, body, options }: LoadedStep | PlannedStep): string {
  const fields = isFields(body) ? body : {}
  const told = tellers[verb]({ body, fields, options: options as Fields })
  const { expect, as } = options as Fields
  const expected = expect === undefined ? '' : `; the answer has to be ${explainValue(expect)}`
  const name = as === undefined ? '' : ` This is "${said(as)}".`
  return `${told}${expected}.${name}`
}

interface Told {
  readonly body: unknown
  readonly fields: Fields
  readonly options: Fields
}

const tellers: Readonly<Record<Verb, (told: Told) => string>> = {
  send: ({ fields: { command_type, device_id, ...others } }) =>
    `Send ${said(command_type ?? 'a command')} to ${said(device_id ?? 'no device')}${withOthers(others)}`,
  query: ({ body }) => `Read ${body === 'last' ? 'the last command' : `the command "${said(body)}"`} once`,
  await: ({ body, options }) =>
    `Wait until ${command(options)} is ${statuses(body)}${within(options)}${span(', not earlier than', options['after'], ' after sending')}`,
  stays: ({ body, options }) =>
    `See that ${command(options)} stays ${statuses(body)}${span(' for', options['for'])}`,
  lifecycle: ({ body, options }) =>
    `See that ${command(options)} went ${Array.isArray(body) ? body.map(said).join(' → ') : said(body)}, where steps in between may have been missed`,
  request: ({ fields: { method, path, ...others } }) =>
    `Request ${said(method ?? '')} ${said(path ?? '')}${withOthers(others)}`,
  release: ({ body, fields }) =>
    fields['device'] === undefined
      ? `Let ${said(body)} send what it holds`
      : `Let ${said(fields['device'])} send its reply to call ${said(fields['reply'] ?? 'that is held')}`,
  device: ({ fields }) => deviceAction(fields),
  'expect-mqtt': ({ fields, options }) =>
    messages(fields) + within(options) + span(', and that holds for', options['for']),
  gateway: ({ body }) => `${capital(said(body))} the gateway`,
  broker: ({ body, fields }) =>
    typeof body === 'string' ? `${capital(body)} the broker` : brokerAction(fields),
  wait: ({ body }) => `Let ${explainSpan(body)} pass`,
  parallel: ({ fields: { repeat } }) =>
    isFields(repeat) ? `Side by side, ${rounds(repeat)}` : 'Side by side',
  repeat: ({ fields }) => `One after another, ${rounds(fields)}`,
}

function command({ of }: Fields): string {
  return of === undefined || of === 'last' ? 'the last command' : `the command "${said(of)}"`
}

function statuses(body: unknown): string {
  return Array.isArray(body) ? body.map(said).join(' or ') : said(body)
}

function within(options: Fields): string {
  return span(', within', options['within'])
}

function span(words: string, value: unknown, more = ''): string {
  return value === undefined ? '' : `${words} ${explainSpan(value)}${more}`
}

function withOthers(others: Fields): string {
  const parts = Object.entries(others).map(([name, value]) =>
    name === 'sign' && value === false ? 'no signature' : `${name} ${explainValue(value)}`,
  )
  return parts.length === 0 ? '' : ` with ${parts.join(', ')}`
}

function deviceAction(fields: Fields): string {
  if (fields['connect'] !== undefined) return `Connect ${said(fields['connect'])}`
  if (fields['script'] !== undefined)
    return `Give ${said(fields['script'])} another script: ${explainValue(fields['on'])}`
  if (fields['disconnect'] !== undefined) {
    const how = fields['how'] === undefined ? '' : ` (${said(fields['how'])})`
    return `Disconnect ${said(fields['disconnect'])}${how}`
  }
  const refused = fields['refused'] === true ? ', which the broker has to refuse' : ''
  return `Let ${said(fields['publish'])} publish ${explainValue(fields['payload'])} on ${said(fields['topic'])}${refused}`
}

function brokerAction({ drop, delay, loss, puback }: Fields): string {
  if (drop !== undefined) return `Break the connection of ${drop === 'gateway' ? 'the gateway' : said(drop)}`
  const parts = [
    ...(delay === undefined
      ? []
      : [`delay every message by ${typeof delay === 'string' ? explainSpan(delay) : explainValue(delay)}`]),
    ...(loss === undefined
      ? []
      : [`lose ${typeof loss === 'number' ? `${loss * 100} %` : said(loss)} of the messages`]),
    ...(puback === undefined
      ? []
      : [`acknowledge what the gateway sends ${explainSpan(puback)} after forwarding it`]),
  ]
  return `Let the broker ${parts.join(' and ')}`
}

function messages({ device, topic, count, distinct, mark, since, ...others }: Fields): string {
  const many = count === 1 || count === undefined ? ['message', 'value'] : ['messages', 'different values']
  const what = distinct === undefined ? many[0] : `${many[1]} of ${said(distinct)}`
  const parts = [
    `See ${count === undefined ? 'at least 1' : explainValue(count)} ${what}`,
    topic === undefined ? '' : ` on ${said(topic)}`,
    device === undefined ? '' : ` of ${said(device)}`,
    withOthers(others),
    since === undefined ? '' : ` since "${said(since)}"`,
    mark === undefined ? '' : `, and call this moment "${said(mark)}"`,
  ]
  return parts.join('')
}

function rounds({ times, each }: Fields): string {
  const names = Array.isArray(each) ? each.map(said).join(', ') : each
  const often = times === undefined ? 'once' : `${said(times)} times`
  return names === undefined ? often : `${often} for each of ${said(names)}`
}

function said(value: unknown): string {
  return typeof value === 'string' ? value : explainValue(value)
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
