import { awaitStatus } from './await.ts'
import { broker } from './broker.ts'
import { device } from './device.ts'
import { expectMqtt } from './expect-mqtt.ts'
import { gateway } from './gateway.ts'
import { lifecycle } from './lifecycle.ts'
import { parallel } from './parallel.ts'
import { query } from './query.ts'
import { release } from './release.ts'
import { repeat } from './repeat.ts'
import { request } from './request.ts'
import { send } from './send.ts'
import { stays } from './stays.ts'
import type { StepRunner } from './step.ts'
import { wait } from './wait.ts'
import type { Verb } from '../language-verbs.ts'

/** A file a verb. */
export const stepRunners: { readonly [V in Verb]: StepRunner<V> } = {
  send,
  query,
  await: awaitStatus,
  stays,
  lifecycle,
  request,
  release,
  device,
  'expect-mqtt': expectMqtt,
  gateway,
  broker,
  wait,
  parallel,
  repeat,
}
