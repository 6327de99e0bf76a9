import { describe, expect, it } from 'vitest'
import { createIds, createRandom, dockIdentity, fakeValue, seedOf } from '../../simulator/index.ts'

describe('identity', () => {
  it('draws the same dock from the same seed and name, another from others', () => {
    expect(dockIdentity(1, 'a')).toEqual(dockIdentity(1, 'a'))
    expect(dockIdentity(1, 'b').gateway_sn).not.toBe(dockIdentity(1, 'a').gateway_sn)
    expect(dockIdentity(2, 'a').gateway_sn).not.toBe(dockIdentity(1, 'a').gateway_sn)
  })

  it('makes identifiers of UUID shape that do not repeat', () => {
    const newId = createIds(createRandom(5))
    const ids = Array.from({ length: 1_000 }, () => newId())

    expect(new Set(ids).size).toBe(1_000)
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('tells words apart that look alike when joined', () => {
    expect(seedOf('a', 'bc')).not.toBe(seedOf('ab', 'c'))
  })

  it.each(['internet.ip', 'person.fullName'])('fakes %s the same for the same seed', (path) => {
    expect(fakeValue(path, 3)).toEqual(fakeValue(path, 3))
    expect(fakeValue(path, 3)).toBeDefined()
  })

  it.each(['nothing', 'internet.nothing', 'a.b.c', 'constructor.name'])('knows no %s', (path) => {
    expect(fakeValue(path, 1)).toBeUndefined()
  })
})
