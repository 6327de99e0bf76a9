/** Does something to many, `size` of them side by side, one batch after the other. Rejects with what hinders the first. */
export async function inBatches<Item>(
  items: readonly Item[],
  size: number,
  act: (batch: readonly Item[], from: number) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < items.length; from += size) await act(items.slice(from, from + size), from)
}

/** How many docks of a rig connect or leave side by side. */
export const sideBySide = 64
