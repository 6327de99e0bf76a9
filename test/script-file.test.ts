import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { DockRig } from '../src/index.ts'
import { startRig } from '../src/index.ts'
import { applyScriptFile, checkScriptText } from '../src/script-file.ts'

interface Stand {
  readonly rig: DockRig
  /** Saves the file, and lets the docks follow it. */
  readonly save: (text: string) => void
  /** Code of the answer to a command. */
  readonly code: (device: string) => Promise<string>
}

async function aStand(devices = 2): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), 'dockrig-script-'))
  const rig = await startRig({ devices })
  onTestFinished(async () => {
    rmSync(folder, { recursive: true, force: true })
    await rig.close()
  })
  const file = join(folder, 'script.yaml')
  return {
    rig,
    save(text) {
      writeFileSync(file, text)
      applyScriptFile(rig, file)
    },
    async code(device) {
      const command = await rig.send(device, 'drone_close')
      await rig.wait(5_000)
      return String((await command.read()).response_code)
    },
  }
}

const all = (result: number): string => `{ on: { drone_close: { reply: { result: ${result} } } } }`

describe('a script file', () => {
  it('lets a named dock go before a rule, and a later rule before an earlier one', async () => {
    const { save, code } = await aStand(3)

    save(
      `devices: { drone-003: ${all(3)} }\nfleet:\n  - ${all(1)}\n  - { name: "*-002", on: { drone_close: { reply: { result: 2 } } } }\n`,
    )

    expect([await code('drone-001'), await code('drone-002'), await code('drone-003')]).toEqual([
      '1',
      '2',
      '3',
    ])
  })

  it('says it of devices alone, without a word around them', async () => {
    const { save, code } = await aStand()

    save(`"*": ${all(1)}\ndrone-002: ${all(2)}\n`)

    expect([await code('drone-001'), await code('drone-002')]).toEqual(['1', '2'])
  })

  it('takes the place of what it said before', async () => {
    const { rig, save, code } = await aStand()
    save(`drone-001: ${all(1)}\n`)

    save(`drone-002: ${all(2)}\n`)

    expect([await code('drone-001'), await code('drone-002')]).toEqual(['0', '2'])
    expect(rig.scripts).toHaveLength(1)
  })

  it('may become empty', async () => {
    const { save, code } = await aStand()
    save(`drone-001: ${all(1)}\n`)

    save('# nothing any more\n')

    expect(await code('drone-001')).toBe('0')
  })

  it('gives properties once, and again when they are others', async () => {
    const { rig, save } = await aStand()
    const mode = (): number => rig.device('drone-001').look().mode_code
    save('fleet: [{ initial: { mode_code: 0 } }]\n')
    await rig.device('drone-001').set({ mode_code: 4 })

    save('fleet: [{ initial: { mode_code: 0 }, quirks: slow-dock }]\n')
    const afterOtherChange = mode()
    save('fleet: [{ initial: { mode_code: 1 } }]\n')

    expect([afterOtherChange, mode()]).toEqual([4, 1])
  })

  it('gives a share of the fleet another answer', async () => {
    const { rig, save, code } = await aStand(20)

    save(`fleet:\n  - share: 10%\n    on: { drone_close: { reply: { result: 514110 } } }\n`)

    const codes: string[] = []
    for (const { device_id } of rig.devices) codes.push(await code(device_id))
    expect(codes.filter((each) => each === '514110')).toHaveLength(2)
  })

  it('is left as it was when it cannot be used', async () => {
    const { save, code } = await aStand()
    save(`drone-001: ${all(1)}\n`)

    expect(() => save('fleet:\n  - { shar: 10% }\n')).toThrow(
      expect.objectContaining({
        code: 'SCRIPT_INVALID',
        position: expect.objectContaining({ line: 2, column: 7 }) as unknown,
        hint: expect.stringContaining("did you mean 'share'?") as unknown,
      }),
    )
    expect(() => save(`drone-9: ${all(1)}\n`)).toThrow(expect.objectContaining({ code: 'DEVICE_UNKNOWN' }))
    expect(await code('drone-001')).toBe('1')
  })

  it('cannot be read where there is none', async () => {
    const { rig } = await aStand()

    expect(() => applyScriptFile(rig, 'nowhere.yaml')).toThrow(
      expect.objectContaining({ code: 'FILE_UNREADABLE' }),
    )
  })
})

describe('what a script says', () => {
  it.each([
    ['fleet: [{ share: 120% }]', 'not a share such as 10%'],
    ['fleet: [{ share: 2 }]', 'a share such as 10%'],
    ['fleet: [{ model: dock9 }]', "unknown model 'dock9'"],
    ['fleet: [{ timing: { rebot: 1s } }]', "did you mean 'reboot'?"],
    ['fleet: [{ session: long }]', "unknown kind of session 'long'"],
    ['devices: { drone-001: { model: dock2 } }', "unknown device key 'model'"],
    ['devices: []', 'this is a list'],
    ['drone-001: [1]', 'this is a list'],
    ['- 1', 'this is a list'],
    ['fleet: []\n---\nfleet: []', 'there is a second document'],
    ['fleet: [', 'this is not YAML'],
    ['"*": { on: { a: { reply: { x: "${closing.tid}" } } } }', "nothing is known of '${closing.tid}'"],
  ])('is refused: %s', (text, words) => {
    const checked = checkScriptText('script.yaml', text)

    expect(
      checked.kind === 'wrong' ? checked.problems.map(({ message }) => message).join('\n') : '',
    ).toContain(words)
  })

  it.each([
    '',
    '\n# only this\n',
    'fleet: [{ share: 12.5% }, { share: 0.5, seed: 2 }]',
    'devices: { a: null }',
  ])('is right: %j', (text) => {
    expect(checkScriptText('script.yaml', text).kind).toBe('right')
  })
})
