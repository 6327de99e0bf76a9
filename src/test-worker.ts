import { parentPort, workerData } from 'node:worker_threads'
import { referenceTarget } from './compose.ts'
import type { RunEvent } from './scenario/index.ts'
import { performHere } from './scenario/index.ts'
import type { WorkerAnswer, WorkerOptions, WorkerTask } from './test-threads.ts'
import { wallMs } from '../simulator/index.ts'

/** A thread that runs tests on the bundled gateway and tells what happened in each in one message. */
const options = workerData as WorkerOptions
const perform = performHere(referenceTarget(options.reference), options.level)

parentPort?.on('message', (task: WorkerTask) => void tell(task))
parentPort?.postMessage('ready')

async function tell({ number, test }: WorkerTask): Promise<void> {
  const begun = wallMs()
  const events: (readonly [RunEvent, number])[] = []
  const result = await perform(test, (event) => {
    if (options.events === 'told') events.push([event, wallMs() - begun])
  })
  const answer: WorkerAnswer = { number, result, events, tookMs: wallMs() - begun }
  parentPort?.postMessage(answer)
}
