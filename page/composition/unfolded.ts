/** Which renditions of a composition are unfolded, by their places from 0, as the list of them changes. */

/** Shows the fields of a rendition, or no longer. */
export function toggle(unfolded: readonly number[], index: number): readonly number[] {
  return unfolded.includes(index) ? unfolded.filter((each) => each !== index) : [...unfolded, index]
}

/** Shows the fields of a rendition. */
export function unfold(unfolded: readonly number[], index: number): readonly number[] {
  return unfolded.includes(index) ? unfolded : [...unfolded, index]
}

/** Follows a rendition that has come to a place; its fields are shown. */
export function inserted(unfolded: readonly number[], at: number): readonly number[] {
  return [...unfolded.map((each) => (each >= at ? each + 1 : each)), at]
}

/** Follows a rendition that is gone. */
export function removed(unfolded: readonly number[], at: number): readonly number[] {
  return unfolded.filter((each) => each !== at).map((each) => (each > at ? each - 1 : each))
}

/** Follows two renditions that have changed places. */
export function swapped(
  unfolded: readonly number[],
  one: number,
  other: number,
): readonly number[] {
  const places: ReadonlyMap<number, number> = new Map([
    [one, other],
    [other, one],
  ])
  return unfolded.map((each) => places.get(each) ?? each)
}
