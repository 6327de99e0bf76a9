import { loadCompiled } from './compiled-data.ts'
import type { JsonSchema, ProductVersions } from './method.ts'
import type { GatewayProduct } from './model.ts'
import type { Source } from './rule.ts'

/** The kinds of message besides commands: the names of the files in `contracts/messages/`. */
export const messageFamilies = ['events', 'requests', 'drc-down', 'drc-up', 'status'] as const
export type MessageFamily = (typeof messageFamilies)[number]

/** What DJI's documentation says of one method of an event, request, drc message or topology report. */
export interface Message {
  readonly name: string
  readonly family: MessageFamily
  readonly evidence: Source
  readonly products: ProductVersions
  readonly deprecated_since?: string
  /** Schema of `data`. */
  readonly data: JsonSchema
  /** Schema of `data` in the answer; missing where there is none. */
  readonly reply?: JsonSchema
  /** The products (`dock1@1.11.3`) whose table differs. */
  readonly variants?: readonly MessageVariant[]
  /** Of events, where it is documented: 1 asks the cloud for an answer. */
  readonly need_reply?: 0 | 1
  /** Of events: whether the documentation describes the answer. */
  readonly reply_documented?: boolean
  /** Of events: the commands that start it, and those that only influence it. */
  readonly follows?: readonly string[]
  readonly also_after?: readonly string[]
}

export interface MessageVariant {
  readonly for: readonly string[]
  readonly data?: JsonSchema
  readonly reply?: JsonSchema
}

/** Every message of a family. */
export function messages(family: MessageFamily): readonly Message[] {
  return loadCompiled<readonly Message[]>('messages').filter((message) => message.family === family)
}

/** The message of that family and method, or `undefined`. */
export function findMessage(family: MessageFamily, name: string): Message | undefined {
  index ??= new Map(loadCompiled<readonly Message[]>('messages').map((message) => [keyOf(message), message]))
  return index.get(keyOf({ family, name }))
}

/** Schema of `data` for a product, as its newest documentation has it. */
export function dataSchema(message: Message, product: GatewayProduct): JsonSchema {
  return variantOf(message, product)?.data ?? message.data
}

/** Schema of the answer's `data` for a product; `undefined` where there is no answer. */
export function replySchema(message: Message, product: GatewayProduct): JsonSchema | undefined {
  return variantOf(message, product)?.reply ?? message.reply
}

function variantOf(message: Message, product: GatewayProduct): MessageVariant | undefined {
  const newest = message.products[product]?.at(-1)
  return message.variants?.find((variant) => variant.for.includes(`${product}@${newest}`))
}

let index: ReadonlyMap<string, Message> | undefined

function keyOf({ family, name }: Pick<Message, 'family' | 'name'>): string {
  return `${family} ${name}`
}
