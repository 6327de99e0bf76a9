import type { ChildProcess } from 'node:child_process'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { freePort } from './support/free-ports.ts'

/** The program as users run it: built, and as a process of its own. */
const cli = resolve('dist/cli.js')
const folder = mkdtempSync(join(tmpdir(), 'dockrig-smoke-'))

beforeAll(() => {
  if (!existsSync(cli))
    execFileSync(process.execPath, ['--import', 'tsx', 'tools/build.ts'], { stdio: 'inherit' })
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function dockrig(words: readonly string[], env: Readonly<Record<string, string>> = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, ...env },
    timeout: 30_000,
  })
  return { code: status, out: stdout, err: stderr }
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return name
}

function scenario(name: string, status: string): string {
  return file(
    `${name}.yaml`,
    `scenario: ${name}\ndevices: { drone-001: { on: { drone_close: { reply: { result: 0 } } } } }\nsteps:\n  - send: { device_id: drone-001, command_type: drone_close }\n  - await: ${status}\n`,
  )
}

/** A port that something listens on until the test ends. */
async function aPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function serve(
  ...words: readonly string[]
): Promise<{ readonly child: ChildProcess; readonly out: string }> {
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0', '--mqtt-port', '0', ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  for await (const chunk of child.stdout ?? []) {
    out += String(chunk)
    if (out.endsWith('}\n') || out.includes('Ctrl-C ends it.')) break
  }
  return { child, out }
}

describe('the command line', () => {
  it('says its version', () => {
    expect(dockrig(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    })
  })

  it('helps', () => {
    expect(dockrig(['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Exit codes:') as string,
    })
  })

  it('passes a good scenario with 0, and fails a bad one with 1', () => {
    expect(dockrig(['test', scenario('good', 'SUCCEEDED')]).code).toBe(0)
    expect(dockrig(['test', scenario('bad', 'FAILED')]).code).toBe(1)
  })

  it('runs a folder of the bundled suite', () => {
    expect(dockrig(['test', resolve('scenarios/timeouts')])).toMatchObject({ code: 0, err: '' })
  })

  it.each([
    ['an unknown option', () => ['test', '--sed', '1'], 'unknown option'],
    ['an unknown command', () => ['tset'], 'unknown command'],
    ['a missing file', () => ['test', 'nowhere.yaml'], 'nowhere.yaml'],
    ['a broken file', () => ['test', file('broken.yaml', 'scenario: [')], 'broken.yaml:1'],
    [
      'an unknown rule',
      () => ['test', '--rule', 'no-such-rule', scenario('good', 'SUCCEEDED')],
      'no-such-rule',
    ],
    ['an unknown reporter', () => ['test', '--reporter', 'prety', scenario('good', 'SUCCEEDED')], 'prety'],
    ['a broken configuration', () => ['test', '--config', file('c.yaml', 'sead: 1')], 'c.yaml'],
    ['a payload that is none', () => ['send', 'drone-001', 'drone_close', '[1]'], 'no JSON object'],
    ['an empty token', () => ['serve', '--control-token', ''], 'an empty token'],
    ['an unknown quirk', () => ['serve', '--quirk', 'slow'], 'the quirk "slow"'],
    ['an unknown method', () => ['contract', 'method', 'drone_clos'], '"drone_close"'],
  ])('ends with 2 and one message for %s', (_, words, message) => {
    const { code, err } = dockrig(words())

    expect(err).toContain(message)
    expect(err).not.toContain('    at ')
    expect(code).toBe(2)
  })

  it('ends with 2 when a port is taken', async () => {
    const { code, err } = dockrig(['serve', '--port', String(await aPort()), '--mqtt-port', '0'])

    expect(err).toMatch(/^Cannot listen .*in use/)
    expect(code).toBe(2)
  })

  it('ends with 2 when there is no gateway', () => {
    const words = ['test', '--gateway', 'http://127.0.0.1:9', '--mqtt-port', '0', '--ready-timeout', '1']

    expect(dockrig([...words, scenario('good', 'SUCCEEDED')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Cannot test the gateway at http://127.0.0.1:9') as string,
    })
  })

  it('stops a gateway that it started when the scenarios cannot be loaded', async () => {
    const gateway = resolve('examples/node-gateway/gateway.mjs')
    const words = [
      'test',
      '--gateway',
      `http://127.0.0.1:${await freePort()}`,
      '--gateway-command',
      `"${process.execPath}" "${gateway}"`,
    ]

    expect(dockrig([...words, file('broken.yaml', 'scenario: [')]).code).toBe(2)
  })

  it('checks, explains and shows the contract', () => {
    const good = scenario('good', 'SUCCEEDED')

    expect(dockrig(['check', good])).toMatchObject({ code: 0, out: '1 files, 1 scenarios, 0 problems\n' })
    expect(dockrig(['explain', good])).toMatchObject({
      code: 0,
      out: expect.stringContaining('drone_close') as string,
    })
    for (const words of [
      ['rules'],
      ['methods'],
      ['errors'],
      ['openapi'],
      ['asyncapi'],
      ['schema'],
      ['method', 'drone_close'],
      ['error', '314000'],
      ['quirks'],
    ])
      expect(dockrig(['contract', ...words]).code, words.join(' ')).toBe(0)
  })

  it('colours only where colours are wanted', () => {
    const bad = scenario('bad', 'FAILED')

    expect(dockrig(['test', bad], { NO_COLOR: '1', FORCE_COLOR: '1' }).out).not.toContain('\u001b[')
    expect(dockrig(['test', bad], { FORCE_COLOR: '1' }).out).toContain('\u001b[')
  })

  it('does not mind a reader that goes away', () => {
    const line = `"${process.execPath}" "${cli}" contract asyncapi | head -1`

    const { stdout, stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8' })

    expect(stdout).toMatch(/^[^\n]+\n$/)
    expect(stderr).toBe('')
  })

  it('lets a flag go before the environment, that before the file, that before the default', () => {
    const words = ['test', scenario('good', 'SUCCEEDED'), '--reporter', 'ndjson']
    const seedOf = (more: readonly string[], env: Readonly<Record<string, string>> = {}): unknown =>
      (JSON.parse(dockrig([...words, ...more], env).out.split('\n')[0] ?? '') as { seed: unknown }).seed
    const config = ['--config', file('seed.yaml', 'seed: 22')]

    expect(seedOf([])).toBe(1)
    expect(seedOf(config)).toBe(22)
    expect(seedOf(config, { DOCKRIG_SEED: '33' })).toBe(33)
    expect(seedOf([...config, '--seed', '44'], { DOCKRIG_SEED: '33' })).toBe(44)
  })
})

describe('dockrig serve', () => {
  it('prints one line for programs, and serves send and sign until it is asked to end', async () => {
    const { child, out } = await serve('--json')
    const ready = JSON.parse(out) as Readonly<Record<string, unknown>>
    const http = String(ready['http'])

    const sent = dockrig(['send', 'drone-001', 'drone_close', '--gateway', http])
    const path = '/api/v1/open/downlink/commands/00000000-0000-4000-8000-000000000000'
    const headers = JSON.parse(dockrig(['sign', 'GET', path, '--json']).out) as Record<string, string>
    const answer = await fetch(http + path, { headers })
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number | null]

    expect(Object.keys(ready).toSorted()).toEqual([
      'api_id',
      'api_key',
      'control',
      'dashboard',
      'devices',
      'http',
      'mqtt',
      'mqtt_password',
      'mqtt_username',
      'seed',
      'version',
    ])
    expect(sent).toMatchObject({ code: 0, out: expect.stringContaining('SUCCEEDED') as string })
    expect(answer.status).toBe(404)
    expect(code).toBe(0)
  })

  it('lets other programs control its docks', async () => {
    const { out } = await serve('--json', '--devices', '3', '--quirk', 'answers-twice', '--place', '1,2')
    const { control } = JSON.parse(out) as { readonly control: string }

    const list = (await (await fetch(`${control}/devices`)).json()) as { readonly total: number }
    const refused = await fetch(`${control}/devices/drone-001`, {
      method: 'DELETE',
      headers: { origin: 'http://elsewhere.example' },
    })

    expect(list).toMatchObject({ total: 3 })
    expect(refused.status).toBe(403)
  })

  it('prints a curl that works', async () => {
    const { out } = await serve()
    const curl = /^curl [\s\S]*?[^\\]\n/m.exec(out)?.[0] ?? ''

    const { stdout } = spawnSync('sh', ['-c', curl], { encoding: 'utf8' })

    expect(JSON.parse(stdout)).toMatchObject({ status: 'ACCEPTED' })
  })
})
