/**
 * A reading of a case that several checks ask for one after another: made once, and kept until the next case. The case
 * must not outlive what it is read from; every look at the history makes cases of its own.
 */
export function oncePer<Case extends object, Context, Result>(
  read: (of: Case, context: Context) => Result,
): (of: Case, context: Context) => Result {
  // One place and no WeakMap: millions of short-lived cases would make the garbage collector the judge's main cost.
  let last: { readonly of: Case; readonly result: Result } | undefined
  return (of, context) => {
    if (last?.of === of) return last.result
    const result = read(of, context)
    last = { of, result }
    return result
  }
}
