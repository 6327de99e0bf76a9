import { HarnessError, tidOf } from '../../contracts/index.ts'
import type { DownRequest } from '../../simulator/index.ts'
import { createIds, createRandom, fakeValue, seedOf } from '../../simulator/index.ts'
import { jsonOf, statusOf } from './caller.ts'
import type { Branch, Named, Scene } from './scene.ts'
import type { Lookup } from './template.ts'
import { valueAt } from './template.ts'

/** What the templates of a step may name. */
export function lookupOf(scene: Scene, branch: Branch): Lookup {
  return (expression) => {
    if (expression === 'each') return branch.each
    if (expression === 'index') return branch.index
    return sceneValue(scene, branch.last, expression)
  }
}

/** What the templates of a script may name: the request too, but no branch. */
export function scriptLookupOf(scene: Scene, request: DownRequest): Lookup {
  return (expression) => {
    const [root, ...path] = expression.split('.')
    if (root === 'request')
      return path.length === 0 ? requestFields(request) : valueAt(requestFields(request), path)
    return sceneValue(scene, scene.lastNamed, expression)
  }
}

function requestFields({ tid, bid, method, data, call }: DownRequest): object {
  return { tid, bid, method, data, call }
}

function sceneValue(scene: Scene, last: Named | undefined, expression: string): unknown {
  if (expression.startsWith('faker:')) {
    return fakeValue(expression.slice('faker:'.length), seedOf(scene.test.seed, 'faker', scene.fakes++))
  }
  const [root = '', ...path] = expression.split('.')
  if (root === 'example') return valueAt(scene.test.example, path)
  if (root === 'fresh') return freshValue(scene, path.join('.'))
  if (root === 'device') return deviceValue(scene, path)
  const named = root === 'last' ? last : scene.named.get(root)
  return named === undefined ? undefined : namedValue(scene, named, path)
}

function freshValue({ rig, test }: Scene, name: string): string {
  return createIds(createRandom(seedOf(rig.freshSeed ?? test.seed, 'fresh', name)))()
}

function deviceValue(scene: Scene, [name = '', field]: readonly string[]): unknown {
  const device = scene.rig.devices.get(name)
  if (device === undefined) return undefined
  if (field === 'id') return device.device_id
  return field === 'gateway_sn' ? device.gateway_sn : undefined
}

function namedValue(scene: Scene, { exchange, command }: Named, path: readonly string[]): unknown {
  const [field = '', ...rest] = path
  switch (field) {
    case 'http':
      return statusOf(exchange)
    case 'body':
      return valueAt(jsonOf(exchange), rest)
    case 'headers':
      return exchange.outcome.kind === 'answered'
        ? valueAt(exchange.outcome.response.headers, rest)
        : undefined
    case 'tid':
      return command === undefined ? undefined : tidOfCommand(scene, command.name, command.command_id)
    case 'command_id':
      return command?.command_id ?? valueAt(jsonOf(exchange), path)
    default:
      return valueAt(jsonOf(exchange), path)
  }
}

/** The tid under which the dock heard a command. Throws TEMPLATE_INVALID while that is not certain. */
export function tidOfCommand(scene: Scene, name: string, command_id: string | undefined): string | undefined {
  const tid = command_id === undefined ? undefined : tidOf(scene.rig.recorder.judge.history, command_id)
  if (tid !== 'ambiguous') return tid
  throw new HarnessError(
    'TEMPLATE_INVALID',
    `Cannot fill "\${${name}.tid}": several messages to that dock could be this command's. Let only one command of the kind be open, or give them different payloads.`,
  )
}
