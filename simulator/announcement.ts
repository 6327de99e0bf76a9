import type { JsonObject, Model } from '../contracts/index.ts'
import { encodeEnvelope, formatTopic } from '../contracts/index.ts'
import type { AircraftKind } from './behavior.ts'

/** What a dock tells the cloud of itself and its aircraft. */
export interface Topology {
  readonly gateway_sn: string
  readonly aircraft_sn: string
  readonly model: Model
  readonly aircraftModel: Model | undefined
  readonly aircraftLink: 'on' | 'off'
}

/** What behaviours know of an aircraft's model. */
export function aircraftKind(model: Model | undefined): AircraftKind | undefined {
  if (model === undefined) return undefined
  const { id, key, properties: product, payloads } = model
  return { id, key, product, cameras: payloads.map(({ index }) => index) }
}

/** Data of `update_topo`: the gateway, and its aircraft as the one sub-device while that is on line (DJI's documentation, topic page). */
export function topologyData(topology: Topology): JsonObject {
  const { model, aircraftModel, aircraftLink, aircraft_sn } = topology
  const listed = aircraftModel !== undefined && aircraftLink === 'on'
  return {
    domain: String(model.domain),
    type: model.type,
    sub_type: model.sub_type,
    device_secret: '',
    nonce: '',
    thing_version: '1.1.2',
    sub_devices: listed
      ? [
          {
            sn: aircraft_sn,
            domain: String(aircraftModel.domain),
            type: aircraftModel.type,
            sub_type: aircraftModel.sub_type,
            index: 'A',
            device_secret: '',
            nonce: '',
            thing_version: '1.1.2',
          },
        ]
      : [],
  }
}

/** The message that the broker sends when the dock's line breaks. DJI documents no last will: its form is our choice. */
export function lastWill(
  gateway_sn: string,
  now: number,
): { readonly topic: string; readonly payload: Uint8Array } {
  return {
    topic: formatTopic('status', gateway_sn),
    payload: encodeEnvelope({
      tid: 'last-will',
      bid: 'last-will',
      // When it was written; the broker that sends it has no say in it.
      timestamp: now,
      gateway: gateway_sn,
      method: 'offline',
      data: {},
    }),
  }
}
