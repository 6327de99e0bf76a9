import { describe, expect, it } from 'vitest'
import type { Presence, PresenceEvent } from '../../src/gateway/presence.ts'
import { nextPresence, presences } from '../../src/gateway/presence.ts'

const table: Readonly<Record<PresenceEvent, Readonly<Record<Presence, Presence>>>> = {
  announced: { offline: 'online', online: 'online', silent: 'online', unsure: 'online' },
  heard: { offline: 'offline', online: 'online', silent: 'online', unsure: 'online' },
  left: { offline: 'offline', online: 'offline', silent: 'offline', unsure: 'offline' },
  quiet: { offline: 'offline', online: 'silent', silent: 'silent', unsure: 'silent' },
  linkLost: { offline: 'offline', online: 'unsure', silent: 'silent', unsure: 'unsure' },
  settled: { offline: 'offline', online: 'online', silent: 'silent', unsure: 'online' },
  restarted: { offline: 'offline', online: 'silent', silent: 'silent', unsure: 'silent' },
}

const rows = (Object.keys(table) as PresenceEvent[]).flatMap((event) =>
  presences.map((presence) => ({ presence, event, to: table[event][presence] })),
)

describe('nextPresence', () => {
  it.each(rows)('takes $presence on $event to $to', ({ presence, event, to }) => {
    expect(nextPresence(presence, event)).toBe(to)
  })
})
