import { asyncApiChannels } from './asyncapi-channels.ts'
import type { AsyncApiParts } from './asyncapi-schemas.ts'
import { asyncApiSchemas, dataSchemaNames } from './asyncapi-schemas.ts'
import type { JsonObject } from './envelope.ts'

/** Builds the AsyncAPI 3.0 document of the MQTT side, as the platform sees it. Pure: the same parts give the same document. */
export function buildAsyncApi(parts: AsyncApiParts): JsonObject {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'DJI docks on MQTT',
      version: parts.version,
      description:
        'Topics, envelopes and data between a command platform and DJI docks, after DJI’s documentation v1.11.3 and v1.15.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: { local: { host: '127.0.0.1:1883', protocol: 'mqtt', protocolVersion: '3.1.1' } },
    channels: Object.fromEntries(asyncApiChannels.map((channel) => [channel.name, channelOf(channel)])),
    operations: Object.fromEntries(
      asyncApiChannels.map((channel) => [channel.operation, operationOf(channel)]),
    ),
    components: {
      messages: Object.fromEntries(
        asyncApiChannels.map((channel) => [channel.message, messageOf(channel, parts)]),
      ),
      schemas: asyncApiSchemas(parts),
    },
  }
}

type Channel = (typeof asyncApiChannels)[number]

function channelOf({ address, purpose, message }: Channel): JsonObject {
  const [, placeholder = ''] = /\{(\w+)\}/.exec(address) ?? []
  return {
    address,
    description: purpose,
    parameters: { [placeholder]: { description: serials[placeholder] ?? '' } },
    messages: { [message]: { $ref: `#/components/messages/${message}` } },
  }
}

const serials: Readonly<Record<string, string>> = {
  gateway_sn: 'Serial number of the dock or remote controller.',
  device_sn: 'Serial number of the device that the data is about: the gateway itself or its aircraft.',
}

function operationOf({ name, direction, message, replyOn }: Channel): JsonObject {
  return {
    action: direction === 'down' ? 'send' : 'receive',
    channel: { $ref: `#/channels/${name}` },
    messages: [{ $ref: `#/channels/${name}/messages/${message}` }],
    ...(replyOn === undefined ? {} : { reply: { channel: { $ref: `#/channels/${replyOn}` } } }),
  }
}

function messageOf({ message, purpose, envelope, family }: Channel, parts: AsyncApiParts): JsonObject {
  return { name: message, summary: purpose, payload: payloadOf(envelope, dataSchemaNames(parts, family)) }
}

/** The envelope, and below it what `data` holds: by method where there is one, else any of the alternatives. */
function payloadOf(envelope: string, data: ReturnType<typeof dataSchemaNames>): JsonObject {
  const outer = { $ref: `#/components/schemas/${envelope}` }
  if (data.kind === 'any') return outer
  if (data.kind === 'alternatives')
    return { allOf: [outer, { properties: { data: { anyOf: data.names.map(schemaRef) } } }] }
  return { allOf: [outer, ...data.byMethod.map(({ method, name }) => whenMethod(method, schemaRef(name)))] }
}

function whenMethod(method: string, data: JsonObject): JsonObject {
  // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own word
  return { if: { properties: { method: { const: method } } }, then: { properties: { data } } }
}

function schemaRef(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` }
}
