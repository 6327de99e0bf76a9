import { describe, expect, it } from 'vitest'
import { findingsAfterProof } from '../../src/scenario/finding-order.ts'
import type { RunEvent } from '../../src/scenario/index.ts'
import { aCall, aFinding, aFrame } from '../support/run-events.ts'

const common = { test: 't', at: 0 }
const raised: RunEvent = { ...common, kind: 'findingRaised', finding: aFinding({ evidence: [2, 4] }) }
const frame: RunEvent = { ...common, kind: 'frameHeard', frame: aFrame({ seq: 4 }) }
const earlier: RunEvent = { ...common, kind: 'frameHeard', frame: aFrame({ seq: 3 }) }
const call: RunEvent = { ...common, kind: 'httpExchanged', http: aCall({ seq: 4 }) }
const status: RunEvent = { ...common, kind: 'statusSeen', command: 'c', status: 'FAILED' }

function ordered(events: readonly RunEvent[]): readonly RunEvent[] {
  const heard: RunEvent[] = []
  const stream = findingsAfterProof((event) => heard.push(event))
  for (const event of events) stream.on(event)
  stream.end()
  return heard
}

describe('a finding', () => {
  it('comes after the message that proves it', () => {
    expect(ordered([raised, frame, status])).toEqual([frame, raised, status])
  })

  it('comes after the answer that proves it', () => {
    expect(ordered([raised, call, status])).toEqual([call, raised, status])
  })

  it('waits while what is told is older than its proof', () => {
    expect(ordered([raised, earlier, frame])).toEqual([earlier, frame, raised])
  })

  it('comes before the next event when its proof is not shown again', () => {
    expect(ordered([raised, status])).toEqual([raised, status])
  })

  it('is not lost when nothing follows', () => {
    expect(ordered([raised])).toEqual([raised])
  })
})
