import { describe, expect, it } from 'vitest'
import { findRule, ruleFamily, weakestLevel } from '../../contracts/index.ts'

describe('findRule', () => {
  it('finds a rule by its id', () => {
    expect(findRule('reply-code-prefers-code')).toMatchObject({
      family: 'reply',
      level: 'must',
      source: 'page',
    })
  })

  it('finds nothing for an unknown id', () => {
    expect(findRule('reply-code')).toBeUndefined()
    expect(ruleFamily('reply-code')).toBeUndefined()
  })
})

describe('ruleFamily', () => {
  it.each([
    ['one-publish', 'lifecycle'],
    ['sign-nonce', 'signing'],
    ['dock-data-result', 'dock'],
  ])('says that %s belongs to %s', (id, family) => {
    expect(ruleFamily(id)).toBe(family)
  })
})

describe('weakestLevel', () => {
  it.each([
    { ids: ['create-accepts', 'reply-by-tid'], level: 'must' },
    { ids: ['create-accepts', 'create-answers-202'], level: 'should' },
    { ids: ['create-request-id', 'create-answers-202', 'create-accepts'], level: 'may' },
    { ids: [], level: 'must' },
  ])('is $level for $ids', ({ ids, level }) => {
    expect(weakestLevel(ids)).toBe(level)
  })

  it('treats an unknown id as a bug of its caller', () => {
    expect(() => weakestLevel(['no-such-rule'])).toThrow('no rule has the id "no-such-rule"')
  })
})
