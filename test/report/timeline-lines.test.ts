import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLook } from '../../src/report/index.ts'
import { createTimeline } from '../../src/report/timeline.ts'
import { evidenceOf } from '../../src/report/evidence.ts'
import { timelineLines } from '../../src/report/timeline-lines.ts'
import type { Outcome } from '../../src/scenario/index.ts'
import { aCall, aFinding, aFrame, aStep } from '../support/run-events.ts'

const look = createLook({ color: false, unicode: true, width: 80 })

const eventOf = fc.constantFrom('frame', 'telemetry', 'call', 'status', 'timer', 'step')
type Kind = 'frame' | 'telemetry' | 'call' | 'status' | 'timer' | 'step'

function provenBy(evidence: readonly number[]): Outcome {
  return { kind: 'failed', failures: [{ kind: 'finding', finding: aFinding({ evidence }) }], nearest: [] }
}

function linesOf(kinds: readonly Kind[], outcome: Outcome, room: number): readonly string[] {
  const timeline = createTimeline()
  for (const [at, kind] of kinds.entries()) {
    const common = { test: 't', at }
    if (kind === 'frame') timeline.on({ ...common, kind: 'frameHeard', frame: aFrame({ seq: at }) })
    if (kind === 'telemetry')
      timeline.on({ ...common, kind: 'frameHeard', frame: aFrame({ seq: at, topic: 'thing/product/1/osd' }) })
    if (kind === 'call') timeline.on({ ...common, kind: 'httpExchanged', http: aCall({ seq: at }) })
    if (kind === 'status') timeline.on({ ...common, kind: 'statusSeen', command: 'c', status: 'DELIVERED' })
    if (kind === 'timer') timeline.on({ ...common, kind: 'timerFired', name: 'n' })
    if (kind === 'step') timeline.on({ ...common, kind: 'stepStarted', step: aStep() })
  }
  return timelineLines(timeline.condensed(outcome), evidenceOf(outcome), room, look)
}

function counted(lines: readonly string[]): number {
  // an entry may go on in further lines, which are indented by sixteen columns
  const entries = lines
    .join('\n')
    .replace(/\n {16}/g, ' ')
    .split('\n')
  return entries.reduce((sum, line) => {
    const hidden = /^ {4}… (\d+) more$/.exec(line)?.[1]
    const folded = /\((\d+) times, until/.exec(line)?.[1]
    const isEntry = /^ {2}[ ▶?] +\d+\.\d{3} s /.test(line)
    return sum + Number(hidden ?? folded ?? (isEntry ? 1 : 0))
  }, 0)
}

describe('the lines of a timeline', () => {
  it('keep to the room and to the width, and count every entry, shown or not', () => {
    const marks = fc.array(fc.nat(150), { maxLength: 5 })
    fc.assert(
      fc.property(
        fc.array(eventOf, { maxLength: 150 }),
        marks,
        fc.integer({ min: 12, max: 18 }),
        (kinds, evidence, room) => {
          const lines = linesOf(kinds, provenBy(evidence), room)
          expect(lines.length).toBeLessThanOrEqual(room)
          expect(lines.filter((line) => line.length > 80)).toEqual([])
          expect(counted(lines)).toBe(kinds.length)
        },
      ),
    )
  })

  it('mark every proof, however far apart', () => {
    const kinds = Array.from({ length: 400 }, (_, index): Kind => (index % 2 === 0 ? 'frame' : 'call'))

    const lines = linesOf(kinds, provenBy([0, 150, 399]), 12)

    expect(lines.filter((line) => line.startsWith('  ▶'))).toHaveLength(3)
  })

  it('show one line for a status that is asked for again and again', () => {
    const lines = linesOf(
      Array.from({ length: 50 }, (): Kind => 'call'),
      provenBy([]),
      12,
    )

    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('(50 times, until 0.049 s)')
  })

  it('name docks as the scenario does', () => {
    const timeline = createTimeline()
    const common = { test: 't', at: 0, kind: 'frameHeard' } as const
    timeline.on({ ...common, frame: aFrame({ device: 'drone-001' }) })
    timeline.on({ ...common, frame: aFrame({ device: 'drone-002', topic: 'thing/product/7CTD2/services' }) })
    const lines = timelineLines(timeline.condensed(provenBy([])), evidenceOf(provenBy([])), 9, look)

    expect(lines[0]).toContain('drone-001 → services_reply ')
    expect(lines[1]).toContain('drone-001 → drone-002/services ')
  })

  it('rather show what a step did to the world than that a dock said hello', () => {
    const timeline = createTimeline()
    const hello = aFrame({ topic: 'sys/product/7/status', payload: '{"method":"update_topo","tid":"t"}' })
    timeline.on({
      test: 't',
      at: 0,
      kind: 'stepStarted',
      step: aStep({ verb: 'gateway', summary: 'gateway kill' }),
    })
    timeline.on({ test: 't', at: 1, kind: 'frameHeard', frame: hello })
    timeline.on({ test: 't', at: 2, kind: 'frameHeard', frame: hello })
    const lines = timelineLines(timeline.condensed(provenBy([])), evidenceOf(provenBy([])), 2, look)

    expect(lines.join('\n')).toContain('gateway kill')
    expect(lines.join('\n')).not.toContain('update_topo')
  })
})
