import { describe, expect, it } from 'vitest'
import { recordEvent } from '../../src/gateway/record-event.ts'
import { aCommand, aMappedReply } from '../support/a-command.ts'

describe('recordEvent', () => {
  it('notes when the broker acknowledged', () => {
    const command = aCommand({ accepted_at: 1000 })

    const delivered = recordEvent(command, { kind: 'acknowledged' }, 1500)

    expect(delivered).toEqual({ ...command, state: 'delivered', delivered_at: 1500, updated_at: 1500 })
  })

  it('notes the reply, when it came and when the command was done', () => {
    const command = aCommand({ state: 'delivered', accepted_at: 1000 })
    const reply = aMappedReply({ outcome: 'failed' })

    const failed = recordEvent(command, { kind: 'matched', reply }, 1600)

    expect(failed).toMatchObject({
      state: 'failed',
      reply,
      response_received_at: 1600,
      completed_at: 1600,
      updated_at: 1600,
    })
  })

  it('ends a command at its deadline, however late the timer is', () => {
    const command = aCommand({ accepted_at: 1000, deadline_at: 31_000 })

    const timedOut = recordEvent(command, { kind: 'deadline' }, 31_400)

    expect(timedOut).toMatchObject({ state: 'timedOut', completed_at: 31_000, updated_at: 31_000 })
  })

  it.each(['acknowledged', 'matched', 'unmatched'] as const)(
    'lets %s come too late at the very deadline, even before the timer has fired',
    (kind) => {
      const command = aCommand({ deadline_at: 31_000 })
      const event = kind === 'acknowledged' ? { kind } : { kind, reply: aMappedReply() }

      const ended = recordEvent(command, event, 31_000)

      expect(ended).toMatchObject({ state: 'timedOut', completed_at: 31_000 })
      expect(ended?.reply).toBeUndefined()
    },
  )

  it('changes nothing about a final command', () => {
    const command = aCommand({ state: 'succeeded', reply: aMappedReply() })

    const changed = recordEvent(
      command,
      { kind: 'matched', reply: aMappedReply({ outcome: 'failed' }) },
      2000,
    )

    expect(changed).toBeUndefined()
  })

  it('replaces an unmatched reply by the matched one', () => {
    const command = aCommand({ state: 'unmatched', reply: aMappedReply({ response_code: 'FOREIGN' }) })

    const done = recordEvent(
      command,
      { kind: 'matched', reply: aMappedReply({ response_code: 'OWN' }) },
      2000,
    )

    expect(done?.reply?.response_code).toBe('OWN')
  })
})
