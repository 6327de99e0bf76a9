import type { GatewayProduct, JsonSchema, Model } from '../../contracts/index.ts'
import {
  checkAgainst,
  dataSchema,
  findMessage,
  findMethod,
  findModel,
  propertiesOf,
  replySchema,
} from '../../contracts/index.ts'
import type { Said } from './dock-stand.ts'

/** What is wrong with a message of a dock by the catalogue's schemas; nothing when it is as documented. */
export function frameProblems(said: Said, model: Model, gateway_sn: string): readonly string[] {
  const schema = schemaOf(said, model, gateway_sn)
  if (schema === undefined) return [`${said.family} ${said.method}: the catalogue has no schema`]
  return checkAgainst(schema, said.raw['data']).map(
    ({ pointer, expected, found }) =>
      `${said.family} ${said.method}${pointer}: expected ${expected}, found ${found}`,
  )
}

function schemaOf(said: Said, model: Model, gateway_sn: string): JsonSchema | undefined {
  const product = model.properties as GatewayProduct
  switch (said.family) {
    case 'services_reply': {
      const dji = findMethod(said.method)?.dji
      const variant = dji?.reply_variants?.find(({ for: products }) =>
        products.some((each) => each.startsWith(`${product}@`)),
      )
      return variant?.reply ?? dji?.reply
    }
    case 'status':
      // The last will is our own choice: DJI documents none.
      if (said.method === 'offline') return {}
      return dataSchemaOf('status', said.method, product)
    case 'events':
    case 'requests':
      return dataSchemaOf(said.family, said.method, product)
    case 'osd':
    case 'state':
      return propertiesOf(said.sn === gateway_sn ? model.properties : aircraftOf(model))[said.family]
    case 'drc/up': {
      const down = findMessage('drc-down', said.method)
      const up = findMessage('drc-up', said.method)
      return up === undefined ? down && replySchema(down, product) : dataSchema(up, product)
    }
    default:
      return {}
  }
}

function dataSchemaOf(
  family: 'events' | 'requests' | 'status',
  method: string,
  product: GatewayProduct,
): JsonSchema | undefined {
  const message = findMessage(family, method)
  return message === undefined ? undefined : dataSchema(message, product)
}

function aircraftOf(model: Model): Model['properties'] {
  return findModel(model.aircraft?.[0] ?? 'm3d')?.properties ?? 'm3d'
}
