import { parentPort, workerData } from 'node:worker_threads'
import { referenceTarget } from './compose.ts'
import type { PlannedTest, RunEvent } from './scenario/index.ts'
import { performHere } from './scenario/index.ts'
import type { WorkerAnswer, WorkerOptions } from './test-threads.ts'
import { wallMs } from '../simulator/index.ts'

/** A thread that runs tests on the bundled gateway and tells what happened in each, in one message. */
const options = workerData as WorkerOptions
const perform = performHere(referenceTarget(options.reference), options.level)

parentPort?.on('message', (test: PlannedTest) => void tell(test))
parentPort?.postMessage('ready')

async function tell(test: PlannedTest): Promise<void> {
  const begun = wallMs()
  const events: (readonly [RunEvent, number])[] = []
  const result = await perform(test, (event) => events.push([event, wallMs() - begun]))
  const answer: WorkerAnswer = { id: test.ref.id, result, events, tookMs: wallMs() - begun }
  parentPort?.postMessage(answer)
}
