import type { TSchema } from 'typebox'
import type { NewDevices, ScriptFile } from '../scenario/index.ts'
import {
  checkYamlText,
  DeviceAction,
  Initial,
  Leave,
  NewDevices as NewDevicesSchema,
} from '../scenario/index.ts'
import { checkScriptText } from '../script-file.ts'
import { ControlError } from './control-error.ts'

/** A body that adds devices. Throws ControlError with the places that are wrong. */
export function readNewDevices(body: unknown): NewDevices {
  return read(body, NewDevicesSchema) ?? {}
}

/** A body with properties of a dock. Throws ControlError. */
export function readState(body: unknown): Readonly<Record<string, unknown>> {
  return (read(body, Initial) ?? {}) as Readonly<Record<string, unknown>>
}

/** A body that says how a dock leaves. Throws ControlError. */
export function readLeave(body: unknown): Leave {
  return read(body, Leave) ?? {}
}

/** A body that says what is done to many docks. Throws ControlError. */
export function readAction(body: unknown): DeviceAction {
  // A body that says nothing is right elsewhere; here something has to be said.
  return (read(body, DeviceAction) ?? read('{}', DeviceAction)) as DeviceAction
}

/** A script, as `--script` takes it. Throws ControlError. */
export function readScript(body: unknown): ScriptFile {
  const checked = checkScriptText('body', textOf(body))
  if (checked.kind === 'wrong') throw wrong(checked.problems)
  return checked.script
}

function read(body: unknown, schema: TSchema): unknown {
  const checked = checkYamlText('body', textOf(body), () => schema)
  if (checked.kind === 'wrong') throw wrong(checked.problems)
  return checked.value
}

/** JSON may be indented with tabs, YAML may not; in JSON a tab never stands inside a text. */
function textOf(body: unknown): string {
  const text = typeof body === 'string' ? body : ''
  return /^\s*[{[]/.test(text) ? text.replaceAll('\t', ' ') : text
}

function wrong(problems: ControlError['problems']): ControlError {
  const [first] = problems
  const others = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  const what = (first?.message ?? 'it is wrong') + others
  return new ControlError(
    'BODY_INVALID',
    `Cannot use the body: line ${first?.line ?? 1}, column ${first?.column ?? 1}: ${what}${what.endsWith('?') ? '' : '.'} Mend it.`,
    problems,
  )
}
