import { describe, expect, it } from 'vitest'
import { createGithubReporter } from '../../src/report/github.ts'
import type { Outcome } from '../../src/scenario/index.ts'
import { mixedPlan, mixedRun } from '../support/mixed-run.ts'
import { aContext, aRunEnd, aRunStart, aTest, aTestRun, passed, play } from '../support/run-events.ts'

const broken: Outcome = { kind: 'broken', error: { code: 'X', message: 'Cannot.' } }

describe('github', () => {
  it('annotates the failing lines of the scenario files', async () => {
    const context = aContext({ plan: mixedPlan })

    await play(createGithubReporter(context), mixedRun)

    await expect(context.text()).toMatchFileSnapshot('../golden/report/github.txt')
  })

  it('appends a summary in Markdown to the file of the job', async () => {
    const context = aContext({ plan: mixedPlan, env: { GITHUB_STEP_SUMMARY: '/runner/summary.md' } })

    await play(createGithubReporter(context), mixedRun)

    await expect(context.files.get('/runner/summary.md')).toMatchFileSnapshot(
      '../golden/report/github-summary.txt',
    )
  })

  it('escapes what would end or forge a workflow command', async () => {
    const context = aContext()
    const test = aTest({ scenario: 'a,b:c%d\n::error::forged', file: 'odd,name:x.yaml' })

    await play(createGithubReporter(context), [aRunStart(), ...aTestRun(test, broken), aRunEnd()])

    expect(context.text().trimEnd().split('\n')).toHaveLength(1)
    expect(context.text()).toMatch(
      /^::error file=odd%2Cname%3Ax\.yaml,line=1,title=a%2Cb%3Ac%25d\\n%3A%3Aerror%3A%3Aforged::/,
    )
  })

  it('counts paths from the root of the checkout', async () => {
    const context = aContext({ cwd: '/checkout/backend', env: { GITHUB_WORKSPACE: '/checkout' } })

    await play(createGithubReporter(context), [
      aRunStart(),
      ...aTestRun(aTest({ file: 'a.yaml' }), broken),
      aRunEnd(),
    ])

    expect(context.text()).toContain('file=backend/a.yaml,')
  })

  it('points at the row of a table, not at the step that its rows share', async () => {
    const context = aContext()
    const row = aTest({ example: 'busy', line: 33 })

    await play(createGithubReporter(context), [aRunStart(), ...aTestRun(row, broken), aRunEnd()])

    expect(context.text()).toContain('line=33,')
  })

  it('keeps markup out of the summary, and fences code that has fences', async () => {
    const context = aContext({ env: { GITHUB_STEP_SUMMARY: 's.md' } })
    const test = aTest({ scenario: '<img src=x> | *bold* ```' })
    const outcome: Outcome = { kind: 'broken', error: { code: 'X', message: '````\n</details>' } }

    await play(createGithubReporter(context), [aRunStart(), ...aTestRun(test, outcome), aRunEnd()])

    const summary = context.files.get('s.md') ?? ''
    expect(summary.replace(/```````text[\s\S]*?```````/, '')).not.toMatch(/<img|\| \*bold|```/)
    expect(summary).toContain('\n```````text\n')
  })

  it('writes nothing on the lines of a run that passed', async () => {
    const context = aContext()

    await play(createGithubReporter(context), [
      aRunStart(),
      ...aTestRun(aTest(), passed),
      aRunEnd({ passed: 1 }),
    ])

    expect(context.text()).toBe('')
  })
})
