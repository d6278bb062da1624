/** So many values are looked for by one query. */
const MOST_VALUES = 512

/**
 * Looks for values a portion at a time. The last one of a portion is looked for again and again, so that there are few shapes of queries:
 * for 1, 2, 4, 8 and so on values.
 */
export async function inPortions<Value, Row>(
  values: readonly Value[],
  ask: (some: readonly Value[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const found: Row[] = []
  for (let at = 0; at < values.length; at += MOST_VALUES) {
    const some = values.slice(at, at + MOST_VALUES)
    const more = 2 ** Math.ceil(Math.log2(some.length)) - some.length
    const last = some.slice(-1)
    const rows = await ask([...some, ...Array.from({ length: more }, () => last).flat()])
    found.push(...rows)
  }
  return found
}
