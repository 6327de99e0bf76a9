import type { JsonObject } from '../contracts/index.ts'
import { encodeEnvelope, formatTopic, isJsonObject } from '../contracts/index.ts'
import type { DockView } from './behavior.ts'
import type { DockState } from './dock-state.ts'
import type { Transmitter } from './telemetry.ts'

/** Tells the cloud which alarms are active: all of them, whenever one begins or ends (rule: dock-hms-lists-all). */
export class Alarms {
  readonly #dock: Transmitter
  #told = '[]'

  constructor(dock: Transmitter) {
    this.#dock = dock
  }

  /** Whether there is something to tell. */
  get isDue(): boolean {
    return this.#news() !== undefined
  }

  /** Sends the list when it is another than was told last. */
  tell(): void {
    const dock = this.#dock
    const news = dock.isOnline ? this.#news() : undefined
    if (news === undefined) return
    this.#told = news.text
    const { gateway_sn: gateway } = dock
    const message = {
      tid: dock.newId(),
      bid: dock.newId(),
      timestamp: dock.now(),
      gateway,
      method: 'hms',
      data: { list: news.list },
    }
    void dock.publish(formatTopic('events', gateway), encodeEnvelope(message), { qos: 1, retain: false })
  }

  /** The list and its text, when it is another than was told last. */
  #news(): { readonly list: readonly JsonObject[]; readonly text: string } | undefined {
    const list = activeAlarms(this.#dock)
    const text = JSON.stringify(list)
    return text === this.#told ? undefined : { list, text }
  }
}

/** The alarms that follow from a dock's state, in the form of the `hms` event; at most 20 are documented. */
export function activeAlarms({
  product,
  model,
  state,
}: Pick<DockView, 'product' | 'model' | 'state'>): readonly JsonObject[] {
  if (!product.startsWith('dock')) return []
  return alarms
    .filter(({ holds }) => holds(state))
    .map(({ code, level, module }) => ({
      level,
      module,
      in_the_sky: state.flight === undefined ? 0 : 1,
      code,
      device_type: deviceTypes[model] ?? '',
      imminent: 0,
      args: { component_index: 0, sensor_index: 0 },
    }))
}

interface Alarm {
  readonly code: string
  readonly level: 0 | 1 | 2
  readonly module: 0 | 1 | 2 | 3
  readonly holds: (state: DockState) => boolean
}

const deviceTypes: Readonly<Record<string, string>> = { dock1: '3-1-0', dock2: '3-2-0', dock3: '3-3-0' }

/** Codes and their meaning: the texts of DJI's Java demo. The limit of the wind stands there, the others are our choice. */
const alarms: readonly Alarm[] = [
  { code: '0x19111800', level: 2, module: 3, holds: ({ dock }) => dock['emergency_stop_state'] === 1 },
  { code: '0x19114000', level: 1, module: 3, holds: ({ dock }) => Number(dock['wind_speed'] ?? 0) >= 12 },
  { code: '0x19114800', level: 1, module: 3, holds: ({ dock }) => Number(dock['rainfall'] ?? 0) >= 3 },
  {
    code: '0x19110801',
    level: 1,
    module: 3,
    holds: ({ dock }) => numberIn(dock['backup_battery'], 'voltage') < 22_000,
  },
  {
    code: '0x19113403',
    level: 2,
    module: 3,
    holds: ({ dock }) =>
      dock['drone_in_dock'] === 1 && numberIn(dock['drone_charge_state'], 'capacity_percent') < 5,
  },
  { code: '0x19113803', level: 2, module: 3, holds: ({ dock }) => dock['electric_supply_voltage'] === 0 },
]

/** A field that the state does not have raises no alarm. */
function numberIn(value: unknown, field: string): number {
  const found: unknown = isJsonObject(value) ? value[field] : undefined
  return typeof found === 'number' ? found : Infinity
}
