import { judgeAnswer } from '../answer.ts'
import { call } from '../caller.ts'
import { remember } from './send.ts'
import type { StepRunner } from './step.ts'

/** Any HTTP call. Unlike `send` it demands no status by itself. */
export const request: StepRunner<'request'> = async (step, scene, branch) => {
  const { method, path, headers, body, raw, sign } = step.body
  const sent = raw === undefined ? body : rawBody(raw)
  const exchange = await call(scene.rig, {
    method,
    path,
    sign,
    body: sent,
    ...(headers === undefined ? {} : { headers }),
  })
  scene.show(exchange)
  if (step.options.as !== undefined) remember(scene, branch, step.options.as, { exchange })
  return judgeAnswer(
    exchange,
    { http: { $any: true }, ...(step.options.expect as object | undefined) },
    scene,
  )
}

function rawBody(raw: string | { readonly base64: string }): string | Uint8Array {
  return typeof raw === 'string' ? raw : Buffer.from(raw.base64, 'base64')
}
