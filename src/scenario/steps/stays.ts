import { parseDuration } from '../../../simulator/index.ts'
import { answerBody, failedBy, judgeAnswer, passed } from '../answer.ts'
import { match } from '../match.ts'
import type { Outcome } from '../outcome.ts'
import { watchCommand } from '../read-command.ts'
import { commandOf } from '../scene.ts'
import { statusIn } from './await.ts'
import type { StepRunner } from './step.ts'

/** The command keeps to its statuses for a time. */
export const stays: StepRunner<'stays'> = async (step, scene, branch) => {
  const command = commandOf(scene, branch, step.options.of)
  const allowed: readonly string[] = [step.body].flat()
  const deadline = scene.rig.pace.clock.now() + parseDuration(step.options.for ?? 0)
  const outcome = await watchCommand(scene, command, deadline, (exchange, time): Outcome | undefined => {
    if (exchange.outcome.kind === 'unanswered') return judgeAnswer(exchange, undefined, scene)
    const status = statusIn(exchange)
    if (status === undefined || !allowed.includes(status)) {
      const expected = allowed.length === 1 ? allowed[0] : allowed
      const reason = `the command shows ${status ?? 'no status'}, expected it to stay ${allowed.join(' or ')}`
      return failedBy(
        [{ path: 'status', expected, actual: status, reason }],
        `the status of ${command.name}`,
        exchange.seqDone,
      )
    }
    const differences =
      step.options.expect === undefined
        ? []
        : match(step.options.expect, answerBody(exchange, scene.rig), scene.memory)
    if (differences.length > 0)
      return failedBy(differences, `the answer that showed ${status}`, exchange.seqDone)
    return time === 'over' ? passed : undefined
  })
  return outcome ?? passed
}
