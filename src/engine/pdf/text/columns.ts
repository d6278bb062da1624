import { type Character, isUpright } from './characters.ts'

/** A part of a line that nothing made stands in. */
interface Piece {
  readonly characters: readonly Character[]
  /** Whether its letters stand one below the other. */
  readonly isColumn: boolean
}

/** How far the letters of a column may stand beside each other, as a share of their distance. */
const SLACK = 0.2

/**
 * Puts columns of vertical writing, which goes from right to left, into their order; each becomes a line. All else stays.
 *
 * @param lines - letters in the order in which they are drawn
 */
export function orderColumns(lines: readonly (readonly Character[])[]): (readonly Character[])[] {
  const ordered: (readonly Character[])[] = []
  let columns: (readonly Character[])[] = []
  const flush = (): void => {
    ordered.push(...sortColumns(columns))
    columns = []
  }
  for (const line of lines) {
    const pieces = toPieces(line)
    if (!pieces.some(({ isColumn }) => isColumn)) {
      flush()
      ordered.push(line)
      continue
    }
    for (const { characters, isColumn } of pieces) {
      if (isColumn) columns.push(characters)
      else {
        flush()
        ordered.push(characters)
      }
    }
  }
  flush()
  return ordered
}

function toPieces(line: readonly Character[]): Piece[] {
  const pieces: Character[][] = [[]]
  for (const character of line) {
    if (character.isMade) pieces.push([])
    else pieces.at(-1)?.push(character)
  }
  return pieces
    .filter((characters) => characters.length > 0)
    .map((characters) => ({ characters, isColumn: goDown(characters) }))
}

function goDown(characters: readonly Character[]): boolean {
  return (
    characters.length > 1 &&
    characters.every((character, index) => {
      const before = characters[index - 1]
      if (before === undefined) return isUpright(character)
      const down = before.y - character.y
      const isBelow = down > 0 && Math.abs(before.x - character.x) < down * SLACK
      return isUpright(character) && isBelow
    })
  )
}

/** From right to left in rows of columns, of which the upper come first. */
function sortColumns(columns: readonly (readonly Character[])[]): (readonly Character[])[] {
  const placed = columns
    .map((characters) => ({
      characters,
      x: characters[0]?.x ?? 0,
      top: characters[0]?.y ?? 0,
      bottom: characters.at(-1)?.y ?? 0,
    }))
    .toSorted((one, other) => other.top - one.top)
  const rows: (typeof placed)[] = []
  let bottom = Number.POSITIVE_INFINITY
  for (const column of placed) {
    const row = rows.at(-1)
    if (row === undefined || column.top < bottom) {
      rows.push([column])
      bottom = column.bottom
    } else {
      row.push(column)
      bottom = Math.min(bottom, column.bottom)
    }
  }
  return rows.flatMap((row) =>
    row.toSorted((one, other) => other.x - one.x).map(({ characters }) => characters),
  )
}
