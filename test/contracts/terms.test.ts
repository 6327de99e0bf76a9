import { describe, expect, it } from 'vitest'
import type { Level } from '../../contracts/index.ts'
import { foreignProfile, isFatal } from '../../contracts/index.ts'
import { applies, blur, lateBy, levelOf } from '../../contracts/terms.ts'

const foreign = { profile: foreignProfile, level: 'should' } as const

describe('applies', () => {
  it.each<[string, Level, Level, boolean]>([
    ['a must', 'must', 'must', true],
    ['a should beyond a must', 'should', 'must', false],
    ['a should', 'should', 'should', true],
    ['a must below a should', 'must', 'should', true],
    ['a may beyond a should', 'may', 'should', false],
    ['a may', 'may', 'may', true],
  ])('binds a gateway to %s as its level says', (_title, level, bound, expected) => {
    expect(applies('one-publish', level, { ...foreign, level: bound })).toBe(expected)
  })

  it.each<[string, Level, readonly string[] | 'all', boolean]>([
    ['a may that it declares', 'may', ['one-publish'], true],
    ['every may, when it declares all', 'may', 'all', true],
    ['no other may', 'may', ['mqtt-qos-1'], false],
    ['no should that it declares', 'should', ['one-publish'], false],
    ['no should, when it declares all', 'should', 'all', false],
  ])('binds a gateway at must to %s', (_title, level, keeps, expected) => {
    const terms = { profile: { ...foreignProfile, keeps }, level: 'must' } as const

    expect(applies('one-publish', level, terms)).toBe(expected)
  })

  it('binds no gateway to what it waives, whatever the level', () => {
    const terms = {
      profile: { ...foreignProfile, waives: ['one-publish'], keeps: 'all' },
      level: 'may',
    } as const

    expect(applies('one-publish', 'must', terms)).toBe(false)
  })
})

describe('isFatal', () => {
  it('goes by the level of the finding, not of the rule', () => {
    const finding = {
      rule: 'reply-zero-succeeds',
      level: 'may',
      seen: '',
      due: '',
      evidence: [],
      at: 0,
    } as const
    const terms = { ...foreign, devices: new Map(), exact: 'exact', tolerance_ms: 0 } as const

    expect(isFatal(finding, terms)).toBe(false)
    expect(isFatal({ ...finding, level: 'must' }, terms)).toBe(true)
  })
})

describe('levelOf', () => {
  it('calls a rule that does not exist a bug', () => {
    expect(levelOf('one-publish')).toBe('may')
    expect(() => levelOf('nonsense')).toThrow('Bug: a check names the unknown rule "nonsense"')
  })
})

describe('how late a thing may show', () => {
  it.each<[string, 'exact' | 'tolerant', number, number, number]>([
    ['not at all in virtual time', 'exact', 0, 0, 0],
    ['a second for a little slack', 'exact', 500, 1_000, 0],
    ['its slack', 'exact', 10_000, 10_000, 0],
    ['a second and the tolerance in real time', 'tolerant', 0, 1_250, 250],
    ['its slack and the tolerance in real time', 'tolerant', 10_000, 10_250, 250],
  ])('is %s', (_title, exact, slack_ms, late, blurred) => {
    const terms = {
      profile: { ...foreignProfile, slack_ms },
      level: 'should',
      devices: new Map(),
      exact,
      tolerance_ms: 250,
    } as const

    expect(lateBy(terms)).toBe(late)
    expect(blur(terms)).toBe(blurred)
  })
})
