import { describe, expect, it } from 'vitest'
import type { Observation } from '../../contracts/index.ts'
import { createJudge } from '../../contracts/index.ts'
import { aCreate, aDock, aRead, aReply, aService, decided, start } from '../support/observations.ts'
import { refused } from './streams/create.ts'
import { at, judge, options, sent, up } from './streams/row.ts'

/** The n-th command's whole life; the next one begins when it may be forgotten. */
function life(n: number): readonly Observation[] {
  const seq = n * 10
  const ms = n * 200_000
  return [
    aCreate(at(seq, ms), n),
    aService(at(seq + 2, ms), n),
    aReply(at(seq + 3, ms + 1), n),
    aRead(at(seq + 4, ms + 2), n, decided(0)),
  ]
}

const refusal = [up, aCreate(at(1, 1), 1, refused('VALIDATION_FAILED'))]

describe('observe', () => {
  it('says of a doubtful answer when nothing can explain it any more', () => {
    const judging = createJudge(options)
    for (const observation of refusal) judging.observe(observation)

    const early = judging.observe(aDock(at(5, 60_001)))
    const due = judging.observe(aDock(at(6, 60_002)))
    const later = judging.observe(aDock(at(7, 60_003)))

    expect([early, due, later].map((findings) => findings.map(({ rule }) => rule))).toEqual([
      [],
      ['create-accepts'],
      [],
    ])
    expect(judging.finish(start + 600_000).findings).toHaveLength(1)
  })

  it('says of each finding once', () => {
    const judging = createJudge(options)
    const lie = aRead(at(5, 2), 1, { status: 'DONE' })
    for (const observation of sent) judging.observe(observation)

    const said = [lie, aDock(at(7, 3)), aDock(at(8, 4))].map((heard) => judging.observe(heard).length)

    expect(said).toEqual([1, 0, 0])
  })
})

describe('a judge with a limit', () => {
  const lives = [up, ...[1, 2, 3, 4, 5, 6].flatMap(life)]

  it('forgets commands that are over', () => {
    const judging = createJudge({ ...options, limit: 2 })
    const sizes = lives.map((observation) => {
      judging.observe(observation)
      return judging.history.commands.size
    })

    expect(Math.max(...sizes)).toBe(2)
    expect(judging.history.hasForgotten).toBe(true)
    expect(judging.history.keys.size).toBe(2)
    expect(judging.history.replies.get('DOCK1')?.length).toBe(2)
  })

  it('remembers no more replies than four times its limit', () => {
    const judging = createJudge({ ...options, limit: 1 })
    for (const observation of sent) judging.observe(observation)
    const sizes = [5, 6, 7, 8, 9, 10].map((seq) => {
      judging.observe(aReply(at(seq, 2)))
      return judging.history.replies.get('DOCK1')?.length
    })

    expect(sizes).toEqual([1, 2, 3, 4, 4, 4])
  })

  it('forgets nothing within its limit', () => {
    const judging = createJudge({ ...options, limit: 6 })
    for (const observation of lives) judging.observe(observation)

    expect(judging.history.commands.size).toBe(6)
    expect(judging.history.hasForgotten).toBe(false)
  })

  it('counts the same as one that remembers all', () => {
    expect(judge(lives, { limit: 1 }).tally).toEqual(judge(lives).tally)
    expect(judge(lives, { limit: 1 }).findings).toEqual([])
  })

  it('finds the same as one that remembers all', () => {
    const wrong = lives.map((observation) =>
      observation.kind === 'http' && observation.exchange.seqSent === 24
        ? aRead(at(24, 400_002), 2, decided(1))
        : observation,
    )

    expect(judge(wrong, { limit: 1 }).findings).toEqual(judge(wrong).findings)
  })
})
