import { parentPort, workerData } from 'node:worker_threads'
import { defects } from './defects/index.ts'
import type { Job } from './prove-job.ts'
import { jobsHere } from './prove-job.ts'
import type { JobOrder, ProveWorkerOptions } from './prove-threads.ts'
import { variants } from './variants.ts'

/** A thread that tries defects and variants of the catalogue, by their names. */
const perform = jobsHere({ ...(workerData as ProveWorkerOptions), isStopped: () => false })

parentPort?.on('message', (order: JobOrder) => void tell(order))

async function tell(order: JobOrder): Promise<void> {
  for (const job of jobsOf(order)) parentPort?.postMessage(await perform(job))
}

function jobsOf({ kind, names }: JobOrder): readonly Job[] {
  if (kind === 'variants') return [{ kind, variants: variants.filter(({ name }) => names.includes(name)) }]
  return defects.filter(({ name }) => names.includes(name)).map((defect) => ({ kind, defect }))
}
