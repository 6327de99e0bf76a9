import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, Option } from '@commander-js/extra-typings'
import { describe, expect, it, onTestFinished } from 'vitest'
import { applyConfig } from '../src/apply-config.ts'
import { signerOf } from '../src/commands/credentials.ts'

function aFolder(config: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'dockrig-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'dockrig.yaml'), config)
  return folder
}

function optionsOf(words: readonly string[], config: string): Readonly<Record<string, unknown>> {
  const command = new Command()
    .addOption(new Option('--mqtt-port <n>').argParser(Number).default(1883))
    .addOption(new Option('--quirk <name>'))
    .addOption(new Option('--telemetry'))
  command.parse([...words], { from: 'user' })
  applyConfig(command as unknown as Command, aFolder(config))
  return command.opts()
}

describe('dockrig.yaml', () => {
  it('goes before defaults, and flags go before it', () => {
    expect(optionsOf([], 'mqtt-port: 1')).toEqual({ mqttPort: 1 })
    expect(optionsOf(['--mqtt-port', '2'], 'mqtt-port: 1')).toEqual({ mqttPort: 2 })
    expect(optionsOf([], '{}')).toEqual({ mqttPort: 1883 })
  })

  it('says nothing of what a command has no option for', () => {
    expect(optionsOf([], 'port: 1\nlevel: must\nquirk: [slow-dock]\ntelemetry: true\n')).toEqual({
      mqttPort: 1883,
      quirk: ['slow-dock'],
      telemetry: true,
    })
  })

  it('is checked, whatever the command', () => {
    expect(() => optionsOf([], 'prt: 1')).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  })
})

describe('the signer of a call', () => {
  const target =
    'target: { api_id: theirs, api_key: secret, base_path: /v2, headers: { api_id: X-Key-Id } }\n'

  it('is what the configuration says of the target', () => {
    const { credential, profile } = signerOf({ seed: 1 }, aFolder(target))

    expect(credential).toEqual({ api_id: 'theirs', api_key: 'secret' })
    expect(profile).toMatchObject({ base_path: '/v2', headers: { api_id: 'X-Key-Id' } })
  })

  it('is what was given, before the configuration', () => {
    const { credential } = signerOf({ seed: 1, apiId: 'mine' }, aFolder(target))

    expect(credential).toEqual({ api_id: 'mine', api_key: 'secret' })
  })

  it('is that of a local sandbox without either', () => {
    const first = signerOf({ seed: 1 }, aFolder('{}')).credential

    expect(first.api_id).toBe('dockrig')
    expect(signerOf({ seed: 2 }, aFolder('{}')).credential.api_key).not.toBe(first.api_key)
  })
})
