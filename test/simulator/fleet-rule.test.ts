import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DockSelector } from '../../simulator/index.ts'
import { createSelection } from '../../simulator/index.ts'

const fleet = Array.from({ length: 60 }, (_, index) => ({
  name: `dock-${index + 1}`,
  model: index % 2 === 0 ? 'dock2' : 'dock3',
  tags: index < 10 ? ['north'] : [],
}))

function chosen(selector: DockSelector, seed = 1): readonly string[] {
  return fleet.filter(createSelection(selector, seed)).map(({ name }) => name)
}

describe('a rule of a fleet', () => {
  it('is for every dock when it selects by nothing', () => {
    expect(chosen({})).toHaveLength(60)
  })

  it.each<[DockSelector, readonly string[]]>([
    [{ names: ['dock-7'] }, ['dock-7']],
    [{ names: ['dock-5?'], models: ['dock3'] }, ['dock-50', 'dock-52', 'dock-54', 'dock-56', 'dock-58']],
    [{ tags: ['north', 'south'], models: ['dock2'] }, ['dock-1', 'dock-3', 'dock-5', 'dock-7', 'dock-9']],
    [{ names: ['*-60', 'x*'] }, ['dock-60']],
    [{ names: ['dock.1'] }, []],
    [{ models: ['dock1'] }, []],
  ])('chooses by %j', (selector, names) => {
    expect(chosen(selector)).toEqual(names)
  })

  it('draws the same docks for the same seed, and others for another', () => {
    expect(chosen({ share: 0.1 })).toEqual(chosen({ share: 0.1 }))
    expect(chosen({ share: 0.1 }, 2)).not.toEqual(chosen({ share: 0.1 }))
    expect(chosen({ share: 0.1, seed: 2 })).not.toEqual(chosen({ share: 0.1 }))
  })

  it('keeps a share of however many docks to within one', () => {
    const anyShare = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(anyShare, fc.nat(1000), fc.integer({ min: 1, max: 300 }), (share, seed, docks) => {
        const isChosen = createSelection({ share }, seed)
        const count = Array.from({ length: docks }, () => isChosen({ name: 'd', model: 'm', tags: [] }))
        return Math.abs(count.filter(Boolean).length - docks * share) <= 1
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('counts only docks that fit', () => {
    expect(chosen({ models: ['dock3'], share: 0.1 })).toHaveLength(3)
  })
})
