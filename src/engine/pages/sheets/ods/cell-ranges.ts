import { type CellRange, readRange } from '../../../text/xlsx-places.ts'

/** More ranges than anybody lists. */
const MOST_RANGES = 1000

/**
 * Reads a list of ranges of one sheet, such as `Sheet1.A1:Sheet1.B2 'My sheet'.C4`.
 */
export function readCellRanges(list: string | undefined): readonly CellRange[] {
  const listed = (list ?? '').match(/(?:'(?:[^']|'')*'|[^\s'])+/g) ?? []
  return listed.slice(0, MOST_RANGES).flatMap((each) => {
    const ends = each.match(/(?:'(?:[^']|'')*'|[^:'])+/g) ?? []
    return readRange(ends.slice(0, 2).map(withoutSheet).join(':')) ?? []
  })
}

function withoutSheet(address: string): string {
  return address.slice(address.lastIndexOf('.') + 1)
}
