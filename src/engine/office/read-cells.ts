/** What may be between the cells of a table; of two that are there as often, the one that is named first. */
const SEPARATORS = [',', ';', '\t', '|']

/** As many characters of a table as tell what is between its cells. */
const MOST_LOOKED_AT = 10_000

/** How Excel is told what is between cells, in a line of its own. */
const SEPARATOR_LINE = /^sep=([^"\r\n])(?:\r\n?|\n)/i

/** The rows of a CSV (RFC 4180), with whatever is between its cells. A quotation mark that nothing ends is a letter. */
export function* readCells(csv: string): Generator<readonly string[]> {
  const [line = '', named] = SEPARATOR_LINE.exec(csv) ?? []
  const separator = named ?? separatorOf(csv)
  const isEnd = (at: number): boolean => at >= csv.length || /[\r\n]/.test(csv.charAt(at))
  const unquoted = new RegExp(`[^\r\n\\u${toHex(separator)}]*`, 'y')
  let at = line.length
  let cells: string[] = []
  while (at < csv.length || cells.length > 0) {
    const end = csv.charAt(at) === '"' ? endOfQuoted(csv, at) : -1
    if (end !== -1 && (isEnd(end) || csv.charAt(end) === separator)) {
      cells.push(csv.slice(at + 1, end - 1).replaceAll('""', '"'))
      at = end
    } else {
      unquoted.lastIndex = at
      const [cell = ''] = unquoted.exec(csv) ?? []
      cells.push(cell)
      at += cell.length
    }
    if (isEnd(at)) {
      yield cells
      cells = []
      at += csv.startsWith('\r\n', at) ? 2 : 1
    } else {
      at += 1
    }
  }
}

/** What is there most often, outside of quotation marks. */
function separatorOf(csv: string): string {
  const shown = csv.slice(0, MOST_LOOKED_AT).replaceAll(/"[^"]*"/g, '')
  const count = (separator: string): number => shown.split(separator).length
  return SEPARATORS.reduce((most, each) => (count(each) > count(most) ? each : most))
}

/** Behind the quotation mark that ends the cell which one at `start` begins; -1 when none does. */
function endOfQuoted(csv: string, start: number): number {
  let quote = csv.indexOf('"', start + 1)
  while (quote !== -1 && csv.charAt(quote + 1) === '"') quote = csv.indexOf('"', quote + 2)
  return quote === -1 ? -1 : quote + 1
}

const toHex = (unit: string): string => unit.charCodeAt(0).toString(16).padStart(4, '0')
