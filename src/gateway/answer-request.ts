import type { JsonObject } from '../../contracts/index.ts'
import { isJsonObject, sha256Hex } from '../../contracts/index.ts'

/** What a dock asked for. */
export interface AskedFor {
  readonly method: string
  readonly data: unknown
  readonly gateway_sn: string
  readonly device_id: string
}

const organization = { organization_id: 'dockrig', organization_name: 'Dockrig' }
/** `result` of a reply to a method that is not known; DJI documents none, so it is one that no table of theirs has. */
const unknownMethod = 1
const files = 'http://127.0.0.1/dockrig'

/** The `data` of the `requests_reply` that the gateway gives by itself; invented, but of the documented shapes. */
export function answerRequest(asked: AskedFor): JsonObject {
  const answer = Object.hasOwn(answers, asked.method) ? answers[asked.method] : undefined
  return answer?.(asked) ?? { result: unknownMethod, output: {} }
}

/** The `data` of a `requests_reply` that somebody composed; `config` is the one that DJI prints without a wrapper. */
export function composeAnswer(method: string, result: number, output: JsonObject): JsonObject {
  return method === 'config' && result === 0 ? output : { result, output }
}

const answers: Readonly<Record<string, (asked: AskedFor) => JsonObject>> = {
  config: () => ({
    ntp_server_host: 'ntp.example.org',
    ntp_server_port: 123,
    app_id: '1000000',
    app_key: 'dockrig-app-key',
    app_license: 'dockrig-app-license',
  }),
  airport_bind_status: ({ data, device_id }) =>
    succeeded({
      bind_status: serials(data, 'devices').map((sn) => ({
        sn,
        is_device_bind_organization: true,
        ...organization,
        device_callsign: device_id,
      })),
    }),
  airport_organization_get: () => succeeded({ organization_name: organization.organization_name }),
  airport_organization_bind: ({ data }) =>
    succeeded({ err_infos: serials(data, 'bind_devices').map((sn) => ({ sn, err_code: 0 })) }),
  storage_config_get: ({ device_id }) =>
    succeeded({
      bucket: 'dockrig',
      credentials: {
        access_key_id: 'dockrig-access-key',
        access_key_secret: 'dockrig-access-secret',
        expire: 3600,
        security_token: 'dockrig-security-token',
      },
      endpoint: `${files}/storage`,
      provider: 'minio',
      region: 'local',
      object_key_prefix: device_id,
    }),
  flighttask_resource_get: ({ data }) => {
    const flight = text(data, 'flight_id') ?? 'unknown'
    const url = `${files}/waylines/${encodeURIComponent(flight)}.kmz`
    // DJI's fingerprint is an MD5: 32 hexadecimal digits.
    return succeeded({ file: { url, fingerprint: sha256Hex(url).slice(0, 32) } })
  },
  flighttask_progress_get: ({ data }) =>
    succeeded({
      flight_id: text(data, 'flight_id') ?? '',
      status: 'sent',
      progress: { current_step: 0, percent: 0 },
    }),
  flight_areas_get: () => succeeded({ files: [] }),
  offline_map_get: () => succeeded({ offline_map_enable: false, files: [] }),
}

function succeeded(output: JsonObject): JsonObject {
  return { result: 0, output }
}

/** The serial numbers in a list of objects; at most the two that DJI allows. */
function serials(data: unknown, list: string): readonly string[] {
  const items = isJsonObject(data) ? data[list] : undefined
  if (!Array.isArray(items)) return []
  return items
    .map((item) => text(item, 'sn'))
    .filter((sn) => sn !== undefined)
    .slice(0, 2)
}

function text(data: unknown, name: string): string | undefined {
  const value = isJsonObject(data) ? data[name] : undefined
  return typeof value === 'string' ? value : undefined
}
