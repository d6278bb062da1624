/** No name that is looked for has more letters. */
const MOST_LETTERS = 60

/** A name of as many letters may begin another one, and then be meant for it. */
const FEWEST_AT_START = 4

/**
 * Finds the name that somebody may have meant: of another case, with a letter more, less or wrong, two in the wrong order, or only
 * its beginning.
 *
 * @returns undefined when none is near
 */
export function nearestName(given: string, names: Iterable<string>): string | undefined {
  if (given.length > MOST_LETTERS) return undefined
  const plain = toPlain(given)
  let nearest: { name: string; mistakes: number } | undefined
  for (const name of names) {
    const mistakes = countMistakes(plain, toPlain(name))
    if (mistakes <= mostMistakes(plain) && mistakes < (nearest?.mistakes ?? Infinity)) {
      nearest = { name, mistakes }
    }
  }
  return nearest?.name
}

/** `target_size`, `target-size` and `TargetSize` are one. */
function toPlain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '')
}

/** One of up to three letters, two of up to six, three of more. */
function mostMistakes(plain: string): number {
  return Math.min(Math.ceil(plain.length / 3), 3)
}

function countMistakes(given: string, name: string): number {
  const mistakes = distance(given, name)
  const isStart = given.length >= FEWEST_AT_START && name.startsWith(given)
  return isStart ? Math.min(mistakes, 1) : mistakes
}

/** How many letters are to be added, taken out, changed or swapped with their neighbours (optimal string alignment). */
function distance(from: string, to: string): number {
  let before: readonly number[] = []
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1]
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (isSame ? 0 : 1),
          isSwap ? at(before, column - 2) + 1 : Infinity,
        ),
      )
    }
    before = last
    last = current
  }
  return at(last, to.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity
}
