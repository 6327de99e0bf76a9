import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ruleFamily, rules } from '../contracts/index.ts'

const readme = readFileSync('README.md', 'utf8')

/** Lines of the blocks that are marked as shell: each is a command of ours. */
const commands = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
)

describe('the README', () => {
  it('counts the rules of every family', () => {
    const rows = [...readme.matchAll(/^\| ([a-z, ]+) \| (\d+) \|/gm)].map(([, families = '', count]) => ({
      families: families.split(', '),
      count: Number(count),
    }))

    const real = rows.map(
      ({ families }) => rules().filter(({ id }) => families.includes(ruleFamily(id) ?? '')).length,
    )

    expect(rows.map(({ count }) => count)).toEqual(real)
    expect(real.reduce((sum, count) => sum + count, 0)).toBe(rules().length)
  })

  it('has commands to run', () => {
    expect(commands.length).toBeGreaterThanOrEqual(5)
    expect(existsSync('dist/cli.js')).toBe(true)
  })

  it.each(commands)('runs %s', { timeout: 60_000 }, (command) => {
    expect(command).toMatch(/^npx dockrig /)

    const output = execFileSync('sh', ['-c', command.replace(/^npx dockrig/, 'node dist/cli.js')], {
      encoding: 'utf8',
    })

    expect(output).not.toBe('')
    rmSync('reports', { recursive: true, force: true })
  })
})
