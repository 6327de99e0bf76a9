import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { packageRoot } from '../../contracts/index.ts'
import { compileContracts } from '../../tools/compile-contracts.ts'
import { compileErrorCodes } from '../../tools/contract-sources/error-codes.ts'
import { compileMessages } from '../../tools/contract-sources/messages.ts'
import { compileMethods } from '../../tools/contract-sources/methods.ts'
import { compileModels } from '../../tools/contract-sources/models.ts'
import { compileProperties } from '../../tools/contract-sources/properties.ts'
import { compileRules } from '../../tools/contract-sources/rules.ts'

describe('compileContracts', () => {
  it('writes a file for each kind of source', () => {
    const { from, to } = copyOfTheSources()

    compileContracts({ from, to })

    const names = ['rules', 'methods', 'messages', 'properties', 'error-codes', 'models']
    expect(names.filter((name) => !existsSync(join(to, `${name}.json`)))).toEqual([])
  })

  it.each([
    [
      'rules/query.yaml',
      'level: must',
      'level: must\n  lvl: must',
      '/0 must NOT have additional properties ("lvl")',
    ],
    [
      'rules/query.yaml',
      'level: must',
      'level: shall',
      '/0/level must be equal to one of the allowed values',
    ],
    ['rules/query.yaml', 'id: query-status-enum', 'id: create-accepts', '"create-accepts" is defined twice'],
    ['rules/query.yaml', 'statement: A known', 'statement: [A known', 'Flow sequence'],
    [
      'rules/signing.yaml',
      'source: platform',
      'source: rumour',
      '/0/source must be equal to one of the allowed values',
    ],
    [
      'methods/device.yaml',
      'kind: job',
      'kind: chore',
      '/cover_open/dji/kind must be equal to one of the allowed values',
    ],
    [
      'methods/device.yaml',
      'payload: none',
      'payload: nothing',
      '"cover_open": no schema is called "nothing"',
    ],
    [
      'methods/device.yaml',
      'example: { action: 0 }',
      'example: { action: 7 }',
      '/action: expected one of 0, 1, found the number 7',
    ],
    ['methods/device.yaml', 'type: object', 'type: thing', '"battery_maintenance_switch"'],
    ['methods/live.yaml', 'live_stop_push:', 'drone_close:', '"drone_close" is defined twice'],
    ['messages/events.yaml', 'need_reply: 1', 'need_reply: 2', '/messages/airsense_warning/need_reply'],
    ['properties/dock2.yaml', 'version: 1.11.3', 'versions: 1.11.3', 'must have required property'],
    ['error-codes.yaml', '  514110:', '  51411:', 'property name must be valid'],
    ['error-codes.yaml', '  514110:', '  514109:', 'Map keys must be unique'],
    ['models.yaml', 'aircraft: [m30, m30t]', 'aircraft: [m30, dock2]', '"dock2" is no aircraft of this file'],
  ])('refuses %s with "%s" turned into "%s"', (file, right, wrong, problem) => {
    const folders = copyOfTheSources()
    replaceFirst(join(folders.from, file), right, wrong)

    expect(() => compilerOf(file)(folders.from)).toThrow(problem)
  })

  it('refuses a family of rules that the program does not know', () => {
    const folders = copyOfTheSources()
    writeFileSync(join(folders.from, 'rules', 'weather.yaml'), '[]')

    expect(() => compileRules(folders.from)).toThrow('weather.yaml')
  })
})

const compilers: Readonly<Record<string, (from: string) => unknown>> = {
  rules: compileRules,
  methods: compileMethods,
  messages: compileMessages,
  properties: compileProperties,
  'error-codes.yaml': compileErrorCodes,
  'models.yaml': compileModels,
}

/** The one compiler that reads a file; running them all would only take longer. */
function compilerOf(file: string): (from: string) => unknown {
  const compiler = compilers[file.split('/')[0] ?? '']
  if (compiler === undefined) throw new Error(`nothing compiles ${file}`)
  return compiler
}

function copyOfTheSources(): { readonly from: string; readonly to: string } {
  const folder = mkdtempSync(join(tmpdir(), 'dockrig-contracts-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const part of ['rules', 'methods', 'messages', 'properties', 'error-codes.yaml', 'models.yaml']) {
    cpSync(join(packageRoot(), 'contracts', part), join(folder, part), { recursive: true })
  }
  return { from: folder, to: join(folder, 'compiled') }
}

function replaceFirst(file: string, right: string, wrong: string): void {
  const text = readFileSync(file, 'utf8')
  if (!text.includes(right)) throw new Error(`${file} has no "${right}"`)
  writeFileSync(file, text.replace(right, wrong))
}
