import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { explain, planTests } from '../../src/scenario/index.ts'
import { firstTestOf, scenariosOf, withSteps } from '../support/scenario-text.ts'

const fifteen = readFileSync(join(import.meta.dirname, '../fixtures/fifteen-scenarios.yaml'), 'utf8')

describe('explain', () => {
  it('says in plain English what scenarios do and prove', async () => {
    const scenarios = await scenariosOf(fifteen)

    const told = scenarios.map(explain).join('\n\n')

    await expect(`${told}\n`).toMatchFileSnapshot(
      join(import.meta.dirname, '../golden/explain/fifteen-scenarios.txt'),
    )
  })

  it('tells of one test with its row filled in', async () => {
    const test = planTests(await scenariosOf(fifteen), { grep: 'null is absent' })[0]

    const told = test === undefined ? '' : explain(test)

    expect(told).toContain('reply-code-null-absent (may, source: choice)')
    expect(told).toContain('replies { result: 7, code: null }')
    expect(told).toContain('It takes about 0 s of scenario time.')
  })

  it.each([
    ['  - gateway: kill', 'Kill the gateway.'],
    ['  - broker: { drop: gateway }', 'Break the connection of the gateway.'],
    [
      '  - broker: { puback: 1s }',
      'Let the broker acknowledge what the gateway sends 1 s after forwarding it.',
    ],
    [
      '  - broker: { loss: 0.5, delay: 2s }',
      'Let the broker delay every message by 2 s and lose 50 % of the messages.',
    ],
    ['  - device: { disconnect: drone-001, how: cut }', 'Disconnect drone-001 (cut).'],
    [
      '  - device: { publish: drone-001, topic: events, payload: x, refused: true }',
      'Let drone-001 publish "x" on events, which the broker has to refuse.',
    ],
    [
      '  - repeat: { times: 2, each: dock, steps: [{ wait: 500ms }] }',
      'One after another, 2 times for each of dock.',
    ],
    ['  - wait: 500ms\n    note: a pause', '(a pause)'],
  ])('tells a step: %s', async (step, sentence) => {
    expect(explain(await firstTestOf(withSteps(step)))).toContain(sentence)
  })
})
