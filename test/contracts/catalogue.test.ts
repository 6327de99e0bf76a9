import { describe, expect, it } from 'vitest'
import {
  domains,
  errorCodes,
  findErrorCode,
  findMessage,
  findMethod,
  findModel,
  levels,
  messageFamilies,
  messages,
  methods,
  models,
  offeredMethods,
  dataSchema,
  propertiesOf,
  rules,
  settableProperties,
  sources,
} from '../../contracts/index.ts'
import { expectedRules } from './expected-rules.ts'

describe('rules', () => {
  it.each(levels)('has every row of the contract at the level %s', (level) => {
    const found = rules().filter((rule) => rule.level === level)

    expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining([...expectedRules[level]]))
  })

  it('gives each rule an id of its own, a known level and source, and a sentence', () => {
    const ids = rules().map(({ id }) => id)

    const odd = rules().filter(({ level, source, statement }) => {
      return !levels.includes(level) || !sources.includes(source) || !/^[A-Z`"].*\.$/s.test(statement)
    })

    expect(new Set(ids).size).toBe(ids.length)
    expect(odd).toEqual([])
  })
})

describe('methods', () => {
  it('offers 83 methods in nine domains', () => {
    const counts = domains.map((domain) => [
      domain,
      offeredMethods().filter((method) => method.domain === domain).length,
    ])

    expect(Object.fromEntries(counts)).toEqual({
      device: 21,
      camera: 17,
      drc: 12,
      psdk: 10,
      wayline: 9,
      live: 4,
      file: 4,
      safety: 5,
      firmware: 1,
    })
  })

  it('knows 21 methods that the platform does not offer', () => {
    const others = methods().filter(({ offered }) => !offered)

    expect(others).toHaveLength(21)
    expect(others.every(({ evidence }) => evidence === 'documented')).toBe(true)
  })

  it('says which methods a dock hears elsewhere than on services', () => {
    const elsewhere = methods().filter(({ transport }) => transport !== 'services')

    expect(elsewhere.map(({ name }) => name).sort()).toEqual([
      'drone_control',
      'drone_emergency_stop',
      'flight_areas_get',
      'heart_beat',
      'stick_control',
    ])
    expect(elsewhere.every(({ dji }) => dji.reply === undefined)).toBe(true)
  })

  it('rests the arguments of drone_close, and of no other method, on the page', () => {
    const onPage = methods().filter(({ evidence }) => evidence === 'page')

    expect(onPage.map(({ name }) => name)).toEqual(['drone_close'])
  })

  it('names for every job events that are in the catalogue', () => {
    const named = methods().flatMap(({ dji }) => dji.progress?.events ?? [])

    expect(named.filter((event) => findMessage('events', event) === undefined)).toEqual([])
  })

  it('orders the steps of a job as its events allow them', () => {
    const event = findMessage('events', 'drone_close')
    const steps = findMethod('drone_close')?.dji.progress?.steps

    const schema = event && dataSchema(event, 'dock2')

    expect(schema).toMatchObject({
      properties: { output: { properties: { progress: { properties: { step_key: { enum: steps } } } } } },
    })
  })

  it('lists only typical errors that the table of codes explains', () => {
    const codes = methods().flatMap(({ dji }) => dji.typical_errors?.codes ?? [])

    expect(codes.filter((code) => findErrorCode(code) === undefined)).toEqual([])
  })
})

describe('messages', () => {
  it('counts the families as the documentation does', () => {
    const counts = messageFamilies.map((family) => [family, messages(family).length])

    expect(Object.fromEntries(counts)).toEqual({
      events: 42,
      requests: 8,
      'drc-down': 68,
      'drc-up': 12,
      status: 1,
    })
  })

  it('tells the newest table of one product from that of another', () => {
    const event = findMessage('events', 'drone_close')

    const [first, second] = event ? [dataSchema(event, 'dock1'), dataSchema(event, 'dock3')] : []

    expect(JSON.stringify(first)).toContain('free_putter')
    expect(JSON.stringify(second)).not.toContain('free_putter')
  })
})

describe('error codes', () => {
  it('has 489 of them', () => {
    expect(errorCodes()).toHaveLength(489)
  })

  it('explains a code of the dock', () => {
    expect(findErrorCode(514110)).toMatchObject({ module: 'dock', side: 'dock' })
  })

  it('explains a livestream code of Pilot 2 by its last five digits', () => {
    const dock = findErrorCode(513003)

    expect(findErrorCode(613003)).toEqual({ ...dock, code: 613003, side: 'Pilot 2' })
  })

  it.each([613999, 713003, 514999, -1])('knows nothing of %d', (code) => {
    expect(findErrorCode(code)).toBeUndefined()
  })
})

describe('models and properties', () => {
  it('finds a model by its name and by its numbers', () => {
    expect(findModel('dock2')).toMatchObject({ domain: 3, type: 2, sub_type: 0, aircraft: ['m3d', 'm3td'] })
    expect(findModel('0-91-1')?.id).toBe('m3td')
  })

  it('has the properties of every model', () => {
    const counts = models().map(
      ({ properties }) => Object.keys(propertiesOf(properties).osd['properties'] ?? {}).length,
    )

    expect(Math.min(...counts)).toBeGreaterThan(4)
  })

  it('puts what a camera reports under its payload index', () => {
    const { osd } = propertiesOf('m3d')

    expect(Object.keys(osd['patternProperties'] ?? {})).toEqual(['^[0-9]+-[0-9]+-[0-9]+$'])
  })

  it('lists what may be set on a Dock 2', () => {
    const paths = settableProperties('dock2').map(({ path }) => path)

    expect(paths.sort()).toEqual(['air_transfer_enable', 'silent_mode', 'user_experience_improvement'])
  })
})
