import type { Capability, Profile } from '../../contracts/index.ts'

/** The spans that sequences are made of, and what their target can be asked. */
export interface Tempo {
  /** Values of `timeout_seconds`; undefined leaves it out. The first is the usual one. */
  readonly timeouts: readonly (number | undefined)[]
  /** Delays of replies: around the timeouts, and well before and after them. */
  readonly delaysMs: readonly number[]
  readonly waitsMs: readonly number[]
  /** Distances from a deadline at which something is done. */
  readonly offsetsMs: readonly number[]
  /** How many sequences stop the gateway or the broker; where others share them, these are played alone. */
  readonly faults: 'often' | 'rarely'
  readonly methods: readonly string[]
  readonly can: (capability: Capability) => boolean
}

/** In virtual time the whole range of the contract; in real time short spans, since somebody waits for them. */
export function tempoOf(profile: Profile, time: 'virtual' | 'real'): Tempo {
  const can = (capability: Capability): boolean => profile.capabilities.includes(capability)
  const methods = ['drone_close', 'drone_open', 'camera_mode_switch'].filter(
    (method) => profile.methods === 'all' || profile.methods.includes(method),
  )
  const target = { methods: methods.length === 0 ? ['drone_close'] : methods, can }
  if (time === 'real') {
    return {
      timeouts: [1, 2],
      delaysMs: [10, 500, 1_500, 2_500],
      waitsMs: [10, 300, 1_200],
      offsetsMs: [-200, 200],
      faults: 'rarely',
      ...target,
    }
  }
  return {
    timeouts: [5, 5, 5, undefined, undefined, 1, 0, 60, 300],
    delaysMs: [1_000, 4_999, 5_000, 5_001, 1, 999, 1_001, 29_999, 30_000, 30_001, 8_000, 40_000],
    waitsMs: [1_000, 1, 4_000, 5_000, 6_000, 29_000, 31_000, 60_000],
    offsetsMs: [-1_000, -1, 0, 1, 1_000],
    faults: 'often',
    ...target,
  }
}
