import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJunitReporter } from '../../src/report/junit.ts'
import { escapeXml } from '../../src/report/xml.ts'
import type { Outcome } from '../../src/scenario/index.ts'
import { mixedPlan, mixedRun } from '../support/mixed-run.ts'
import { aContext, aRunEnd, aRunStart, aTest, aTestRun, passed, play } from '../support/run-events.ts'

const schema = 'test/fixtures/junit.xsd'
const checker = 'xmllint'
const hasChecker = spawnSync(checker, ['--version']).status === 0

async function report(events = mixedRun): Promise<string> {
  const context = aContext({ plan: mixedPlan })
  await play(createJunitReporter(context), events)
  return context.text()
}

describe('junit', () => {
  it('writes a suite per file and a case per test', async () => {
    await expect(await report()).toMatchFileSnapshot('../golden/report/junit.txt')
  })

  it('uses only the elements and attributes of the format, well nested', async () => {
    const allowed = allowedBy(readFileSync(schema, 'utf8'))

    const elements = elementsOf(await report())

    expect(elements.length).toBeGreaterThan(30)
    for (const { name, parent, attributes } of elements) {
      expect(allowed.children.get(parent) ?? 'root').toContain(parent === '' ? 'root' : name)
      expect(allowed.attributes.get(name) ?? []).toEqual(expect.arrayContaining([...attributes]))
    }
  })

  it.skipIf(!hasChecker)('is valid against the schema of the format', async () => {
    const checked = spawnSync(checker, ['--noout', '--schema', schema, '-'], { input: await report() })

    expect(checked.stderr.toString()).toContain('validates')
  })

  it('counts the failures, errors and skips of each suite and of all', async () => {
    const elements = elementsOf(await report())
    const suites = elements.filter(({ name }) => name === 'testsuite' || name === 'testsuites')

    const sum = (key: string): number =>
      suites
        .filter(({ name }) => name === 'testsuite')
        .reduce((total, { values }) => total + Number(values.get(key)), 0)
    const all = suites.find(({ name }) => name === 'testsuites')?.values
    expect([all?.get('tests'), all?.get('failures'), all?.get('errors')]).toEqual(['8', '1', '1'])
    expect([sum('tests'), sum('failures'), sum('errors'), sum('skipped')]).toEqual([8, 1, 1, 1])
  })

  it('stays well formed whatever a test is called or says', async () => {
    const nasty = fc.string({
      unit: fc.oneof(
        fc.constantFrom('<', '&', ']]>', '\0', '\u001b', '\ud800', '"', '\ufffe'),
        fc.string({ unit: 'binary' }),
      ),
    })
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (scenario, message) => {
        const outcome: Outcome = { kind: 'broken', error: { code: 'X', message } }
        const xml = await report([aRunStart(), ...aTestRun(aTest({ scenario }), outcome), aRunEnd()])
        expect(elementsOf(xml).map(({ name }) => name)).toContain('error')
        // eslint-disable-next-line no-control-regex -- what XML 1.0 forbids
        expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u)
      }),
    )
  })

  it('gives back every character that XML can carry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const escaped = escapeXml(text)
        expect(escaped).not.toMatch(/[<>"']/)
        expect(unescapeXml(escaped)).toBe(text)
      }),
    )
  })

  it('writes an empty but valid report for a run without tests', async () => {
    const xml = await report([aRunStart({ tests: 0 }), aRunEnd()])

    expect(xml).toContain('<testsuites name="dockrig" time="0.003" tests="0" failures="0" errors="0"/>')
  })

  it('shows wall time in seconds', async () => {
    const xml = await report([aRunStart(), ...aTestRun(aTest(), passed, [], { at: 300_000 }), aRunEnd()])

    expect(
      elementsOf(xml)
        .find(({ name }) => name === 'testcase')
        ?.values.get('time'),
    ).toBe('0.003')
  })
})

interface Element {
  readonly name: string
  readonly parent: string
  readonly attributes: readonly string[]
  readonly values: ReadonlyMap<string, string>
}

/** Reads tags strictly: whatever is not a tag, an attribute or escaped text makes it fail. */
function elementsOf(xml: string): readonly Element[] {
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '')
  const token = /<(\/?)([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|[^<]+/y
  const elements: Element[] = []
  const open: string[] = []
  while (token.lastIndex < body.length) {
    const at = token.lastIndex
    const match = token.exec(body)
    if (match === null) throw new Error(`not XML: ${body.slice(at, at + 80)}`)
    const [text, close, name, pairs = '', empty] = match
    if (name === undefined) {
      if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(text)) throw new Error(`a bare ampersand: ${text}`)
      continue
    }
    if (close === '/') {
      if (open.pop() !== name) throw new Error(`${name} is closed but not open`)
      continue
    }
    const values = new Map(
      Array.from(pairs.matchAll(/ ([\w-]+)="([^"]*)"/g), ([, key = '', value = '']) => [key, value]),
    )
    elements.push({ name, parent: open.at(-1) ?? '', attributes: [...values.keys()], values })
    if (empty !== '/') open.push(name)
  }
  if (open.length > 0) throw new Error(`still open: ${open.join(', ')}`)
  return elements
}

interface Allowed {
  readonly children: ReadonlyMap<string, readonly string[]>
  readonly attributes: ReadonlyMap<string, readonly string[]>
}

function allowedBy(xsd: string): Allowed {
  const types = new Map(
    Array.from(
      xsd.matchAll(/<xs:complexType name="(\w+)"[\s\S]*?<\/xs:complexType>/g),
      ([all, name = '']) => [name, all],
    ),
  )
  const named = Array.from(
    xsd.matchAll(/^ {2}<xs:element name="([\w-]+)"(?: type="(\w+)" \/>|>([\s\S]*?)^ {2}<\/xs:element>)/gm),
    ([, name = '', type = '', body]) => [name, body ?? types.get(type) ?? ''] as const,
  )
  const all = (body: string, pattern: RegExp): readonly string[] =>
    Array.from(body.matchAll(pattern), ([, found = '']) => found)
  return {
    children: new Map(named.map(([name, body]) => [name, all(body, /<xs:element ref="([\w-]+)"/g)])),
    attributes: new Map(named.map(([name, body]) => [name, all(body, /<xs:attribute name="([\w-]+)"/g)])),
  }
}

function unescapeXml(text: string): string {
  const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name = '') =>
    code === undefined ? (names[name] ?? '') : String.fromCharCode(Number(code)),
  )
}
