import { describe, expect, it } from 'vitest'
import type { Lookup } from '../../src/scenario/index.ts'
import { renderStep } from '../../src/scenario/index.ts'
import { firstTestOf, withSteps } from '../support/scenario-text.ts'

async function rendered(
  step: string,
  lookup: Lookup,
): Promise<{ readonly body: unknown; readonly options: unknown }> {
  const test = await firstTestOf(withSteps(step))
  const [first] = test.steps
  if (first === undefined) throw new Error('no step')
  return renderStep(first, lookup, test)
}

describe('renderStep', () => {
  it('fills the value of the verb and the keys beside it', async () => {
    const step = await rendered(
      '  - request: { method: GET, path: "/x/${fresh.a}" }\n    expect: { http: "${fresh.b}" }',
      (name) => (name === 'fresh.a' ? 'A' : 200),
    )

    expect(step.body).toEqual({ method: 'GET', path: '/x/A' })
    expect(step.options).toEqual({ expect: { http: 200 } })
  })

  it('keeps what a script fills when its device answers', async () => {
    const script =
      '  - device: { script: drone-001, on: { drone_close: { tid: "${later.tid}", reply: { result: 0, code: "${request.tid}", key: "${fresh.a}" } } } }\n  - send: { device_id: drone-001 }\n    as: later'

    const { body } = await rendered(script, (name) => (name === 'fresh.a' ? 'A' : undefined))

    const reply = { result: 0, code: '${request.tid}', key: 'A' }
    expect(body).toEqual({ script: 'drone-001', on: { drone_close: { tid: '${later.tid}', reply } } })
  })

  it('refuses a value of the wrong shape, at the place of the step', async () => {
    const step = rendered('  - wait: "${fresh.a}"', () => 'soon')

    await expect(step).rejects.toMatchObject({
      code: 'SCENARIO_INVALID',
      message:
        'Cannot run step 1 ("wait ${fresh.a}"): this is the text "soon", not a duration such as 1500ms, 2s or 1m. Let its templates give a duration such as 1500ms, 2s or 1m.',
      position: { file: 'a.yaml', line: 4, column: 5 },
    })
  })

  it('names an expression that nobody knows', async () => {
    await expect(rendered('  - wait: "${fresh.a}"', () => undefined)).rejects.toMatchObject({
      code: 'TEMPLATE_INVALID',
    })
  })
})
