import { randomUUID } from 'node:crypto'
import { systemClock, connectTransport, dialer } from '../../simulator/index.ts'
import { createGateway, createMemoryStore, defaultParts } from '../../src/gateway/index.ts'
import { gatewayCatalogue } from '../../src/gateway-catalogue.ts'
import { defects } from '../../src/prove/index.ts'

/**
 * The bundled gateway with a known defect as a process of its own, as somebody else's gateway would be:
 * `node --import tsx test/support/wrong-gateway.ts DEFECT`. It reads the variables that Dockrig gives to such gateways.
 */
const [name] = process.argv.slice(2)
const defect = defects.find((each) => each.name === name)
if (defect === undefined) throw new Error(`no defect is called ${name}`)

const { env } = process
const devices = JSON.parse(env['RIG_DEVICES'] ?? '{}') as Record<string, { gateway_sn: string }>
const ids = new Map(Object.entries(devices).map(([id, { gateway_sn }]) => [gateway_sn, id]))
const link = await connectTransport({
  dial: dialer(env['RIG_MQTT_URL'] ?? ''),
  clock: systemClock,
  clientId: 'wrong-gateway',
  brokerName: 'the broker',
  username: env['RIG_MQTT_USERNAME'] ?? '',
  password: env['RIG_MQTT_PASSWORD'] ?? '',
})
const gateway = await createGateway({
  link,
  clock: systemClock,
  newId: () => randomUUID(),
  store: createMemoryStore(),
  credentials: [{ api_id: env['RIG_API_ID'] ?? '', api_key: env['RIG_API_KEY'] ?? '' }],
  devices: { find: (id) => devices[id], byGateway: (sn) => ids.get(sn) },
  catalogue: gatewayCatalogue,
  parts: defect.parts(defaultParts),
})
process.once('SIGTERM', () => void gateway.close().then(() => process.exit(0)))
await gateway.app.listen({ port: Number(env['RIG_HTTP_PORT']), host: '127.0.0.1' })
