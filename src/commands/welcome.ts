import type { Io } from '../io.ts'
import type { DockRig } from '../library.ts'
import { signedCurl } from '../signed-curl.ts'
import { version } from '../version.ts'

/** Where a sandbox is found. */
export interface Served {
  readonly rig: DockRig
  readonly control: string
  readonly seed: number
}

/** What other programs read; keep it stable. `dashboard` is null until there is a live page. */
export function readyLine({ rig, control, seed }: Served): object {
  return {
    http: rig.url,
    mqtt: rig.mqttUrl,
    dashboard: null,
    control,
    api_id: rig.api_id,
    api_key: rig.api_key,
    mqtt_username: rig.mqtt.username,
    mqtt_password: rig.mqtt.password,
    devices: rig.devices.map(({ device_id, gateway_sn, model }) => ({ device_id, gateway_sn, model })),
    seed,
    version,
  }
}

/** A long list is cut to its first lines. */
const longestList = 6
const shownOfMore = 4

/** What people read when a sandbox is ready. `keySource`: a key that was given is not shown. */
export function welcome({ rig, control, seed }: Served, keySource: 'own' | 'given', io: Io): string {
  const bold = (text: string): string => (io.stdout.color ? `\u001b[1m${text}\u001b[22m` : text)
  const { devices } = rig
  const shown = devices.length > longestList ? devices.slice(0, shownOfMore) : devices
  const more = devices.length - shown.length
  const first = devices[0]?.device_id ?? 'drone-001'
  const docks = devices.length === 1 ? '1 dock' : `${devices.length} docks`
  return [
    `${bold('Dockrig')} ${version}: gateway, broker and ${docks} run.`,
    '',
    `  HTTP      ${rig.url}/api/v1/open   (OpenAPI: ${rig.url}/api/v1/open/openapi.json)`,
    `  MQTT      ${rig.mqttUrl}   user ${rig.mqtt.username}, password ${rig.mqtt.password}`,
    `  Control   ${control}   (curl ${control}/devices)`,
    `  API ID    ${rig.api_id}`,
    `  API key   ${keySource === 'own' ? rig.api_key : '(as given)'}`,
    `  seed      ${seed}`,
    '',
    bold('Devices'),
    ...shown.map((device) => {
      const { latitude, longitude } = device.look().place
      const place = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`
      return `  ${device.device_id}   ${device.gateway_sn}   ${device.model.padEnd(7)}   ${place}`
    }),
    ...(more > 0 ? [`  … ${more} more`] : []),
    '',
    bold('Try it') + ' (the signature holds for five minutes):',
    '',
    signedCurl(rig, { device_id: first, now: io.now() }),
    '',
    'Ctrl-C ends it.',
    '',
  ].join('\n')
}
