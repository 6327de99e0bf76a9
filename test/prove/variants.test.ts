import { describe, expect, it } from 'vitest'
import type { Proof, Variant } from '../../src/prove/index.ts'
import { defects, variants } from '../../src/prove/index.ts'
import { plannedTests } from './planned-tests.ts'
import { proofsOf } from './proofs-of.ts'

describe('prove', () => {
  it('accuses none of the variants, which it shows together', async () => {
    const proofs = await proofsOf(await plannedTests(), { variants })

    expect(proofs.flatMap(accusation)).toEqual([])
    expect(proofs).toHaveLength(variants.length)
  }, 240_000)

  it('names the one of a crowd that is accused', async () => {
    const right = variants.filter(({ name }) => ['terse-errors', 'further-fields'].includes(name))
    const about = (await plannedTests()).filter(({ ref }) => ref.proves.includes('query-status-enum'))

    const proofs = await proofsOf(about, { variants: [...right, wrongVariant()] })

    expect(proofs.flatMap(accusation)).toEqual(['wrong: query-status-enum'])
  })
})

function accusation(proof: Proof): readonly string[] {
  return proof.kind === 'falseAlarm' ? [`${proof.variant.name}: ${[...proof.by.keys()].join(', ')}`] : []
}

function wrongVariant(): Variant {
  const defect = defects.find(({ name }) => name === 'status-of-its-own')
  return {
    name: 'wrong',
    sentence: 'Is no variant at all.',
    parts: (defaults) => defect?.parts(defaults) ?? {},
  }
}
