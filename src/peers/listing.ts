import { Refusal } from './refusal.ts'

const MOST_FILES = 1000

/** A page of a listing. */
interface Page<T> {
  readonly items: readonly T[]
  /** What the next page is asked for with; undefined when there is none. */
  readonly next: string | undefined
}

/**
 * Reads a listing page by page.
 *
 * @param most - the most items that it may have
 * @throws {@link Refusal} when it has more
 */
export async function readPages<T>(
  read: (token: string | undefined) => Promise<Page<T>>,
  most: number = MOST_FILES,
): Promise<readonly T[]> {
  const found: T[] = []
  let token: string | undefined
  do {
    const { items, next } = await read(token)
    found.push(...items)
    if (found.length > most) throw tooMany(most)
    // One that stands still would go on for ever.
    token = next === token ? undefined : next
  } while (token !== undefined)
  return found
}

/** Says that a listing has more files than may be. */
export function tooMany(most: number = MOST_FILES): Refusal {
  return new Refusal('failed', `there are more than the ${most} files that one task may have`)
}
