import type { JsonObject } from '../contracts/index.ts'
import { isJsonObject } from '../contracts/index.ts'
import type { Answer, Question } from './behavior.ts'

// DJI's documentation, feature set: dock access to cloud.

/** What a dock says of itself when it is connected for the first time. */
export interface Introduction {
  readonly gateway_sn: string
  readonly aircraft_sn: string
  readonly callsign: string
  readonly device_model_key: string
  readonly aircraft_model_key: string | undefined
  readonly organization_id: string
  readonly binding_code: string
}

export type Welcome = { readonly kind: 'welcome' } | { readonly kind: 'refused'; readonly step: string }

/** Asks for the configuration, whether the dock is bound, and binds it where it is not; stops at the first refusal. */
export async function introduce(
  facts: Introduction,
  ask: (question: Question) => Promise<Answer>,
): Promise<Welcome> {
  // The answer to `config` is flat and has no `result`: any answer without one is agreement.
  const config = await ask({ method: 'config', data: { config_type: 'json', config_scope: 'product' } })
  if (config === undefined || !agrees({ result: 0, ...config })) return refused('config')
  const status = await ask({ method: 'airport_bind_status', data: { devices: devices(facts) } })
  if (!agrees(status)) return refused('airport_bind_status')
  if (isBound(status, facts.gateway_sn)) return { kind: 'welcome' }
  const code = { device_binding_code: facts.binding_code, organization_id: facts.organization_id }
  if (!agrees(await ask({ method: 'airport_organization_get', data: code })))
    return refused('airport_organization_get')
  const bound = await ask({ method: 'airport_organization_bind', data: { bind_devices: bindings(facts) } })
  return agrees(bound) ? { kind: 'welcome' } : refused('airport_organization_bind')
}

function refused(step: string): Welcome {
  return { kind: 'refused', step }
}

function agrees(answer: Answer): boolean {
  return answer?.['result'] === 0
}

function devices({ gateway_sn, aircraft_sn, aircraft_model_key }: Introduction): readonly JsonObject[] {
  return aircraft_model_key === undefined ? [{ sn: gateway_sn }] : [{ sn: gateway_sn }, { sn: aircraft_sn }]
}

function bindings(facts: Introduction): readonly JsonObject[] {
  const common = {
    device_binding_code: facts.binding_code,
    organization_id: facts.organization_id,
    device_callsign: facts.callsign,
  }
  const dock = { ...common, sn: facts.gateway_sn, device_model_key: facts.device_model_key }
  if (facts.aircraft_model_key === undefined) return [dock]
  return [dock, { ...common, sn: facts.aircraft_sn, device_model_key: facts.aircraft_model_key }]
}

function isBound(status: Answer, sn: string): boolean {
  const output = status?.['output']
  const entries: unknown = isJsonObject(output) ? output['bind_status'] : undefined
  if (!Array.isArray(entries)) return false
  return entries.some(
    (entry: unknown) =>
      isJsonObject(entry) && entry['sn'] === sn && entry['is_device_bind_organization'] === true,
  )
}
