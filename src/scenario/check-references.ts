import type { Node } from 'yaml'
import { isMap, isScalar } from 'yaml'
import type { Check, DeclaredDevice, Place } from './check.ts'
import { complain } from './check.ts'
import { nearest, unknownWord } from './nearest.ts'
import { splitTemplates } from './template.ts'

/** Names that mean something in templates, and can be no `as`. */
export const reservedNames = [
  'last',
  'example',
  'request',
  'device',
  'fresh',
  'each',
  'index',
  'faker',
] as const

/** What a name of a step or mark looks like. */
export const namePattern = /^[A-Za-z_][\w-]*$/

/** A device of the file; of several made by `count`, one. */
export function checkDevice(node: Node, place: Place, check: Check): void {
  const name = textOf(node)
  if (name === undefined || findDevice(name, check) !== undefined) return
  const group = check.declared.devices.get(name)
  if (group !== undefined) {
    complain(check, node, place, {
      code: 'NAME_UNKNOWN',
      message: `'${name}' stands for several devices`,
      expected: `one of them, such as '${name}-1', or \${each} in a repeat over '${name}'`,
    })
    return
  }
  complainOfDevice(node, name, place, check)
}

export function checkDeviceOrGroup(node: Node, place: Place, check: Check): void {
  const name = textOf(node)
  if (name === undefined || check.declared.devices.has(name) || findDevice(name, check) !== undefined) return
  complainOfUnknown(node, { name, names: [...check.declared.devices.keys()] }, place, check)
}

/** What the broker drops: `gateway`, or a device. */
export function checkDropped(node: Node, place: Place, check: Check): void {
  if (textOf(node) !== 'gateway') checkDevice(node, place, check)
}

/** `device_id` of a request may be anything but a text that looks like an alias and is none. */
export function checkRecipient(node: Node, place: Place, check: Check): void {
  if (isScalar(node) && typeof node.value === 'string' && node.value !== '') checkDevice(node, place, check)
}

/** `last`, or an `as` that stands above; scripts of devices may name steps that come later. */
export function checkCommand(node: Node, place: Place, check: Check): void {
  const name = textOf(node)
  if (name === undefined) return
  if (name === 'last') {
    if (check.progress.hasCommand || place.inBehaviour) return
    complain(check, node, place, {
      code: 'NAME_UNKNOWN',
      message: 'no command has been sent before this step',
    })
    return
  }
  const known = place.inBehaviour ? check.declared.names : check.progress.names
  if (known.has(name)) return
  const isLater = check.declared.names.has(name)
  const suggestion = nearest(name, known)
  complain(check, node, place, {
    code: 'NAME_UNKNOWN',
    message: isLater ? `the step named '${name}' comes later` : unknownWord('step name', name, suggestion),
    expected:
      known.size === 0
        ? 'last; no step has a name yet (as: NAME)'
        : `last, or one of ${[...known].join(', ')}`,
    suggestion,
  })
}

/** `as: NAME`; the name is known from here on. */
export function checkAs(node: Node, place: Place, check: Check): void {
  if (checkNewName(node, place, check)) check.progress.names.add(textOf(node) ?? '')
}

export function checkMark(node: Node, place: Place, check: Check): void {
  if (checkNewName(node, place, check)) check.progress.marks.add(textOf(node) ?? '')
}

export function checkSince(node: Node, place: Place, check: Check): void {
  const name = textOf(node)
  const { marks } = check.progress
  if (name === undefined || marks.has(name)) return
  const suggestion = nearest(name, marks)
  complain(check, node, place, {
    code: 'NAME_UNKNOWN',
    message: unknownWord('mark', name, suggestion),
    expected:
      marks.size === 0 ? 'a mark; no step above has one (mark: NAME)' : `one of ${[...marks].join(', ')}`,
    suggestion,
  })
}

/** The device that is released has to have something that it holds. */
export function checkRelease(node: Node, place: Place, check: Check): void {
  const target = isMap(node) ? node.get('device', true) : node
  if (!isScalar(target)) return
  const name = textOf(target)
  const device = name === undefined ? undefined : findDevice(name, check)
  if (device === undefined || device.holds) return
  complain(check, target, place, {
    code: 'RELEASE_IMPOSSIBLE',
    message: `'${name}' has nothing to release`,
    expected: `a behaviour of '${name}' with hold: true`,
  })
}

/** The device of that name, one of a group included; a group itself is none. */
export function findDevice(name: string, check: Check): DeclaredDevice | undefined {
  const own = check.declared.devices.get(name)
  if (own !== undefined) return own.size === undefined ? own : undefined
  const at = name.lastIndexOf('-')
  const group = check.declared.devices.get(name.slice(0, at))
  const number = name.slice(at + 1)
  if (group?.size === undefined || !/^[1-9]\d*$/.test(number)) return undefined
  return group.size === 'unknown' || Number(number) <= group.size ? group : undefined
}

export function complainOfDevice(node: Node, name: string, place: Place, check: Check): void {
  const devices = [...check.declared.devices.values()]
  const names = devices.map((device) => (device.size === undefined ? device.name : `${device.name}-1`))
  complainOfUnknown(node, { name, names }, place, check)
}

function complainOfUnknown(
  node: Node,
  { name, names }: { readonly name: string; readonly names: readonly string[] },
  place: Place,
  check: Check,
): void {
  const suggestion = nearest(name, names)
  complain(check, node, place, {
    code: 'NAME_UNKNOWN',
    message: unknownWord('device', name, suggestion),
    expected: names.length === 0 ? 'a name that devices declares' : `one of ${names.join(', ')}`,
    suggestion,
  })
}

function checkNewName(node: Node, place: Place, check: Check): boolean {
  const name = textOf(node)
  if (name === undefined) return false
  if ((reservedNames as readonly string[]).includes(name)) {
    complain(check, node, place, {
      code: 'VALUE_WRONG',
      message: `'${name}' has a meaning of its own in templates`,
      expected: 'another name',
    })
    return false
  }
  if (namePattern.test(name)) return true
  complain(check, node, place, {
    code: 'VALUE_WRONG',
    message: `'${name}' is no name`,
    expected: 'a letter, then letters, digits, - and _',
  })
  return false
}

/** The text of a scalar that has no templates in it; another value is judged when it is known. */
function textOf(node: Node): string | undefined {
  if (!isScalar(node) || typeof node.value !== 'string') return undefined
  return splitTemplates(node.value).some(({ kind }) => kind === 'expression') ? undefined : node.value
}
