import type { JsonObject } from './envelope.ts'
import { isJsonObject } from './envelope.ts'
import { isAbsent } from './mapping.ts'

/** Deeper than any message of a dock; below that, values count as equal instead of filling the stack. */
const deepest = 100

/**
 * Names of the fields of `data` that a `vendor_response` has lost, at any depth. `msg` and `description` may go
 * (rule: reply-vendor-preserves names the others); what is null or empty may be left out.
 */
export function lostFields(data: JsonObject, shown: unknown): readonly string[] {
  return Object.entries(data)
    .filter(([key]) => key !== 'msg' && key !== 'description')
    .filter(([key, value]) => !isEmpty(value) && !holds(shown, key, value, 0))
    .map(([key]) => key)
}

/** Whether `shown` has the field somewhere; an object that was stored as JSON text counts as that object. */
function holds(shown: unknown, key: string, due: unknown, depth: number): boolean {
  if (depth > deepest) return true
  if (typeof shown === 'string' && shown.startsWith('{')) return holds(parsed(shown), key, due, depth + 1)
  if (typeof shown !== 'object' || shown === null) return false
  if (isJsonObject(shown) && Object.hasOwn(shown, key) && keeps(shown[key], due, depth)) return true
  return Object.values(shown).some((inner) => holds(inner, key, due, depth + 1))
}

/** Whether `shown` has everything of `due`; more is allowed in objects, and numbers may have become text. */
function keeps(shown: unknown, due: unknown, depth: number): boolean {
  if (depth > deepest || isEmpty(due)) return true
  if (typeof due === 'number')
    return shown === due || (typeof shown === 'string' && shown.trim() !== '' && Number(shown) === due)
  if (Array.isArray(due)) {
    return (
      Array.isArray(shown) &&
      shown.length === due.length &&
      due.every((item, index) => keeps(shown[index], item, depth + 1))
    )
  }
  if (!isJsonObject(due)) return shown === due
  if (!isJsonObject(shown)) return false
  return Object.entries(due).every(([key, value]) => keeps(shown[key], value, depth + 1))
}

function isEmpty(value: unknown): boolean {
  return isAbsent(value) || (Array.isArray(value) && value.length === 0)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
