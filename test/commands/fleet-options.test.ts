import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { quirkNames } from '../../simulator/index.ts'
import { docksOf, readPlace } from '../../src/commands/fleet-options.ts'
import { quirkOption } from '../../src/options-fleet.ts'

const plain = { devices: 2, model: 'dock2' }

describe('the docks that the command line describes', () => {
  it('have what was given, and nothing else', () => {
    expect(docksOf(plain)).toEqual({ count: 2, model: 'dock2' })
    expect(
      docksOf({
        ...plain,
        quirk: ['slow-dock'],
        session: 'full',
        timing: ['reboot=1s', 'step=50ms'],
        telemetry: true,
        initial: '{ mode_code: 0 }',
      }),
    ).toEqual({
      count: 2,
      model: 'dock2',
      quirks: ['slow-dock'],
      session: 'full',
      timing: { reboot: '1s', step: '50ms' },
      telemetry: true,
      initial: { mode_code: 0 },
    })
  })

  it.each([
    [{ quirk: ['slow'] }, 'slow-dock: Answers four seconds late.'],
    [{ timing: ['reboot'] }, '"reboot": it is no name=span'],
    [{ timing: ['steps=1s'] }, 'Names are step, percent'],
    [{ timing: ['reboot=soon'] }, '"reboot=soon"'],
    [{ initial: 'mode_code' }, 'Write an object'],
    [{ initial: '{ a: 1' }, 'column'],
  ])('are refused as %j', (options, words) => {
    const refused = (): unknown => docksOf({ ...plain, ...options })

    expect(refused).toThrow(words)
    expect(refused).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })

  it('stand at a place in degrees', () => {
    expect(readPlace('48.137, -11.5')).toEqual({ latitude: 48.137, longitude: -11.5 })
  })

  it.each(['', '48', '91,0', '0,181', 'north,south'])('do not stand at "%s"', (text) => {
    expect(() => readPlace(text)).toThrow('it is no place')
  })
})

describe('the names of quirks', () => {
  it.each([...quirkNames])('%s stands in the help and on the page of the language', (name) => {
    expect(quirkOption.description).toContain(name)
    expect(readFileSync('docs/scenario-language.md', 'utf8')).toContain(`| \`${name}\` |`)
  })
})
