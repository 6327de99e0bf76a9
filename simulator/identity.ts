import { createHash } from 'node:crypto'
import { faker } from '@faker-js/faker/locale/en'

/** A number in [0, 1); the same sequence for the same seed. */
export type Random = () => number

/** Turns any number of words into a seed, so that every part of a rig draws from a sequence of its own. */
export function seedOf(...words: readonly (string | number)[]): number {
  return createHash('sha256').update(JSON.stringify(words)).digest().readUInt32LE(0)
}

/** Seeded generator (mulberry32): 32 bits of state are enough for identifiers and delays, and it is five lines. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Identifiers of UUID shape (version 4), drawn from a generator. */
export function createIds(random: Random): () => string {
  const word = (): string =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0')
  return () => {
    const hex = word() + word() + word() + word()
    const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
  }
}

/** A seed that nobody chose, for runs that ask for one. */
export function freshSeed(): number {
  return Math.floor(Math.random() * 2_147_483_647)
}

/** Who a virtual dock is: serial numbers of DJI's lengths, a call sign, a place. */
export interface DockIdentity {
  readonly gateway_sn: string
  readonly aircraft_sn: string
  readonly callsign: string
  readonly latitude: number
  readonly longitude: number
  /** Password of its MQTT connection; the user name is the serial number. */
  readonly password: string
}

/** The identity that belongs to a seed and a name; the same on every machine. */
export function dockIdentity(seed: number, name: string): DockIdentity {
  faker.seed(seedOf(seed, 'dock', name))
  const serial = (length: number): string => faker.string.alphanumeric({ length, casing: 'upper' })
  return {
    gateway_sn: `7CTD${serial(10)}`,
    aircraft_sn: `1581F${serial(15)}`,
    callsign: `${faker.word.adjective()} ${faker.animal.bird()}`,
    latitude: faker.location.latitude({ min: -60, max: 60, precision: 6 }),
    longitude: faker.location.longitude({ precision: 6 }),
    password: faker.string.alphanumeric({ length: 24 }),
  }
}

/** Fake data by path, `internet.ip` for instance; `undefined` when there is no such generator. Draws from the seed. */
export function fakeValue(path: string, seed: number): unknown {
  const [group, name, ...rest] = path.split('.')
  if (group === undefined || name === undefined || rest.length > 0) return undefined
  const groups = faker as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>
  const generator = Object.hasOwn(groups, group) ? groups[group]?.[name] : undefined
  if (typeof generator !== 'function') return undefined
  faker.seed(seed)
  const value: unknown = generator.call(groups[group])
  return value
}
