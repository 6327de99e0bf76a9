import { describe, expect, it } from 'vitest'
import { findRule, ruleFamily } from '../../contracts/index.ts'
import type { Defect } from '../../src/prove/index.ts'
import { defects, variants } from '../../src/prove/index.ts'
import { plannedTests } from './planned-tests.ts'
import { proofsOf } from './proofs-of.ts'

describe('the catalogue of defects', () => {
  it('holds at least sixty, under names of their own', () => {
    const names = defects.map(({ name }) => name)

    expect(names.length).toBeGreaterThanOrEqual(60)
    expect(new Set(names).size).toBe(names.length)
  })

  it.each([...defects, ...variants].map(({ name, sentence }) => [name, sentence]))(
    'describes %s in a sentence',
    (name, sentence) => {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      expect(sentence).toMatch(/^[A-Z].*\.$/)
    },
  )

  it('names rules that exist', () => {
    const unknown = defects.flatMap(({ breaks }) => breaks).filter((rule) => findRule(rule) === undefined)

    expect(unknown).toEqual([])
    expect(defects.filter(({ breaks }) => breaks.length === 0)).toEqual([])
  })
})

describe('prove', () => {
  it.each(defects.map((defect) => [defect.name, defect] as const))(
    'catches %s by a rule that it breaks',
    async (_name, defect) => {
      expect(await kindOf(defect)).toBe('caught')
    },
  )

  it('lets a gateway without a defect survive', async () => {
    const none = { ...aDefect(), breaks: ['reply-code-prefers-code'], parts: () => ({}) }

    expect(await kindOf(none)).toBe('survived')
  })
})

async function kindOf(defect: Defect): Promise<string | undefined> {
  const families = new Set(defect.breaks.map((rule) => ruleFamily(rule)))
  const relevant = (await plannedTests()).filter(({ ref }) =>
    ref.proves.some((rule) => families.has(ruleFamily(rule))),
  )
  const [proof] = await proofsOf(relevant, { defects: [defect] })
  return proof?.kind
}

function aDefect(): Defect {
  return { name: 'none', theme: 'mapping', breaks: [], sentence: 'Does nothing wrong.', parts: () => ({}) }
}
