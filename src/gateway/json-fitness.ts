/** Levels of nesting that are let in; DJI's deepest payload has seven. */
export const deepestLevel = 64

/** Whether a parsed JSON value is nested beyond the limit. Walks without recursion, since that is what it guards. */
export function isTooDeep(value: unknown): boolean {
  return walk(value, () => false) === 'deep'
}

/**
 * The JSON pointer of a number that would not come out as it went in: an integer beyond 2^53, or one that has become
 * infinite. `undefined` when every number is safe. Call it only on values that are not too deep.
 */
export function unsafeNumber(value: unknown): string | undefined {
  let found: string | undefined
  walk(value, (leaf, pointer) => {
    if (typeof leaf !== 'number' || isSafe(leaf)) return false
    found = pointer
    return true
  })
  return found
}

interface Step {
  readonly value: unknown
  readonly pointer: string
  readonly level: number
}

/** Visits every value, depth first; ends early when `visit` says so. */
function walk(root: unknown, visit: (value: unknown, pointer: string) => boolean): 'done' | 'deep' {
  const steps: Step[] = [{ value: root, pointer: '', level: 1 }]
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if (visit(step.value, step.pointer)) return 'done'
    if (typeof step.value !== 'object' || step.value === null) continue
    if (step.level > deepestLevel) return 'deep'
    for (const [key, value] of Object.entries(step.value)) {
      steps.push({ value, pointer: `${step.pointer}/${escapePointer(key)}`, level: step.level + 1 })
    }
  }
  return 'done'
}

function isSafe(number: number): boolean {
  return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number))
}

/** A key as it stands in a JSON pointer (RFC 6901). */
function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
