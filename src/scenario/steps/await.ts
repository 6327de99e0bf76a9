import type { HttpExchange } from '../../../contracts/index.ts'
import { isJsonObject } from '../../../contracts/index.ts'
import { parseDuration } from '../../../simulator/index.ts'
import { answerBody, failedBy, judgeAnswer } from '../answer.ts'
import { jsonOf } from '../caller.ts'
import { match } from '../match.ts'
import { nearMissesOf } from '../near-misses.ts'
import type { Outcome } from '../outcome.ts'
import { watchCommand } from '../read-command.ts'
import type { Scene } from '../scene.ts'
import { commandOf } from '../scene.ts'
import type { TrackedCommand } from '../tracked-command.ts'
import type { StepRunner } from './step.ts'

/** Waits for a status; fails at once on another final one. */
export const awaitStatus: StepRunner<'await'> = async (step, scene, branch) => {
  const command = commandOf(scene, branch, step.options.of)
  const wanted: readonly string[] = [step.body].flat()
  const { within, after } = step.options
  const withinMs = awaitsMs(within, command, scene)
  const deadline = scene.rig.pace.clock.now() + withinMs
  const outcome = await watchCommand(scene, command, deadline, (exchange) => {
    const status = statusIn(exchange)
    if (status !== undefined && wanted.includes(status)) {
      command.awaited.add(status)
      return reached(command, status, exchange, { after, expect: step.options.expect, scene })
    }
    const broken =
      exchange.outcome.kind === 'unanswered' ? judgeAnswer(exchange, undefined, scene) : undefined
    return broken ?? wrongFinal(command, status, exchange, { wanted, scene })
  })
  return outcome ?? timedOut(scene, command, wanted, withinMs)
}

/** How long an await that begins now goes on; without `within`, until the command's own deadline has shown. */
export function awaitsMs(within: string | number | undefined, command: TrackedCommand, scene: Scene): number {
  if (within !== undefined) return parseDuration(within)
  const shown = command.sentAt + command.timeoutMs + scene.rig.profile.slack_ms + graceMs
  return Math.max(0, shown - scene.rig.pace.clock.now())
}

/** A deadline shows within a moment of its instant; the bundled gateway is exact, but a read takes a turn. */
const graceMs = 1_000

/** The status of an answer, when there is one. */
export function statusIn(exchange: HttpExchange): string | undefined {
  const answer = jsonOf(exchange)
  const status = isJsonObject(answer) ? answer['status'] : undefined
  return typeof status === 'string' ? status : undefined
}

interface Terms {
  readonly after: string | number | undefined
  readonly expect: unknown
  readonly scene: Scene
}

function reached(
  command: TrackedCommand,
  status: string,
  exchange: HttpExchange,
  { after, expect, scene }: Terms,
): Outcome {
  const tookMs = exchange.doneAt - command.sentAt
  if (after !== undefined && tookMs < parseDuration(after)) {
    const reason = `${status} came ${tookMs} ms after sending, expected not before ${parseDuration(after)} ms`
    return failedBy(
      [{ path: 'status', expected: `not before ${after}`, actual: `${tookMs} ms`, reason }],
      `the moment of ${status}`,
      exchange.seqDone,
    )
  }
  const differences = expect === undefined ? [] : match(expect, answerBody(exchange, scene.rig), scene.memory)
  const outcome = failedBy(differences, `the answer that showed ${status}`, exchange.seqDone)
  return outcome.kind === 'failed' ? { ...outcome, nearest: nearMissesOf(scene, command) } : outcome
}

/** UNMATCHED_RESPONSE is final only after the command's deadline. */
function wrongFinal(
  command: TrackedCommand,
  status: string | undefined,
  exchange: HttpExchange,
  { wanted, scene }: { readonly wanted: readonly string[]; readonly scene: Scene },
): Outcome | undefined {
  const isOver = scene.rig.pace.clock.now() > command.sentAt + command.timeoutMs + scene.rig.profile.slack_ms
  const isFinal =
    status === 'SUCCEEDED' ||
    status === 'FAILED' ||
    status === 'TIMED_OUT' ||
    (status === 'UNMATCHED_RESPONSE' && isOver)
  if (!isFinal) return undefined
  const expected = wanted.length === 1 ? wanted[0] : wanted
  const reason = `the command ended as ${status}, expected ${wanted.join(' or ')}`
  const outcome = failedBy(
    [{ path: 'status', expected, actual: status, reason }],
    `the status of ${command.name}`,
    exchange.seqDone,
  )
  return outcome.kind === 'failed' ? { ...outcome, nearest: nearMissesOf(scene, command) } : outcome
}

function timedOut(
  scene: Scene,
  command: TrackedCommand,
  wanted: readonly string[],
  withinMs: number,
): Outcome {
  return {
    kind: 'timedOut',
    expectation: {
      what: `${command.name} to reach ${wanted.join(' or ')}; it shows ${command.seen.at(-1)?.status ?? 'no status'}`,
      withinMs,
    },
    nearest: nearMissesOf(scene, command),
  }
}
