/** Puts what tests have to say into the order of the plan, as early as that order allows. */
export interface PlanOrder<Item> {
  add(test: string, item: Item): void
  /** Nothing more comes for this test. */
  finish(test: string): void
  /** Lets everything out that is still held: the run is over, whether or not every test ran. */
  flush(): void
}

/**
 * Items of the test whose turn it is go straight through; those of later tests are held until all before them
 * have finished. A test that the plan does not name comes after it, in order of appearance.
 */
export function createPlanOrder<Item>(
  plan: readonly string[],
  release: (item: Item) => void,
): PlanOrder<Item> {
  const order = [...plan]
  const known = new Set(plan)
  const held = new Map<string, Item[]>()
  const finished = new Set<string>()
  const past = new Set<string>()
  let turn = 0

  function appear(test: string): void {
    if (known.has(test)) return
    known.add(test)
    order.push(test)
  }

  function letOut(test: string): void {
    for (const item of held.get(test) ?? []) release(item)
    held.delete(test)
  }

  return {
    add(test, item) {
      appear(test)
      const items = held.get(test) ?? []
      items.push(item)
      held.set(test, items)
      if (order[turn] === test || past.has(test)) letOut(test)
    },
    finish(test) {
      appear(test)
      finished.add(test)
      for (let next = order[turn]; next !== undefined; next = order[turn]) {
        letOut(next)
        if (!finished.has(next)) return
        past.add(next)
        turn += 1
      }
    },
    flush() {
      for (const test of order.slice(turn)) {
        letOut(test)
        past.add(test)
      }
      turn = order.length
    },
  }
}
