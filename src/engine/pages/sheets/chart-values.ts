import { type CellRange, readRange } from '../../text/xlsx-places.ts'
import { childOf, type Element } from '../element.ts'
import type { DrawingSource } from '../slides/deck.ts'
import { makeElement } from '../slides/make-element.ts'
import type { SheetCell } from './sheet-contents.ts'

/** More values of a series are not drawn. */
const MOST_VALUES = 1000

/** What refers to cells, and what it calls the values that it has of them itself. */
const CACHES: ReadonlyMap<string, string> = new Map([
  ['numRef', 'numCache'],
  ['strRef', 'strCache'],
])

/** Such as `'North, South'!$B$2:$B$9`. */
const REFERENCE = /^(?:'((?:[^']|'')*)'|([^'!]*))!(.*)$/

/** The sheet that charts are on. */
export interface ChartSheet {
  readonly name: string
  readonly cells: readonly SheetCell[]
}

/**
 * Gives charts the values of the cells that they are of, where they have none of them themselves: programs that write workbooks and draw
 * nothing leave that to who opens them. What is on other sheets is not known.
 */
export function withValuesOfCells(source: DrawingSource, sheet: ChartSheet): DrawingSource {
  let texts: ReadonlyMap<string, string> | undefined
  const textAt = (row: number, column: number): string | undefined => {
    texts ??= new Map(sheet.cells.map((cell) => [placeOf(cell.row, cell.column), textOf(cell)]))
    return texts.get(placeOf(row, column))
  }

  function fill(element: Element): Element {
    const cache = CACHES.get(element.name)
    if (cache === undefined) return { ...element, children: element.children.map(fill) }
    if (childOf(element, cache) !== undefined) return element
    const range = rangeOf(childOf(element, 'f')?.text ?? '', sheet.name)
    if (range === undefined) return element
    const points = placesIn(range).flatMap(([row, column], index) => {
      const text = textAt(row, column)
      return text === undefined ? [] : [pointOf(index, text)]
    })
    return { ...element, children: [...element.children, makeElement(cache, {}, points)] }
  }

  return {
    ...source,
    async openPart(part, palette) {
      const drawn = await source.openPart(part, palette)
      return drawn.root.name === 'chartSpace' ? { ...drawn, root: fill(drawn.root) } : drawn
    },
  }
}

function placeOf(row: number, column: number): string {
  return `${row} ${column}`
}

function textOf({ value }: SheetCell): string {
  if (value === undefined) return ''
  if (value.kind === 'number') return String(value.number)
  return value.kind === 'text' ? value.runs.map(({ text }) => text).join('') : value.text
}

/** @returns undefined for cells of another sheet */
function rangeOf(formula: string, sheet: string): CellRange | undefined {
  const [, quoted, plain, place] = REFERENCE.exec(formula.trim()) ?? []
  const name = quoted?.replaceAll("''", "'") ?? plain
  return name === sheet ? readRange(place) : undefined
}

function placesIn({ top, left, bottom, right }: CellRange): [row: number, column: number][] {
  const places: [number, number][] = []
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      if (places.length === MOST_VALUES) return places
      places.push([row, column])
    }
  }
  return places
}

function pointOf(index: number, text: string): Element {
  return makeElement('pt', { idx: String(index) }, [{ ...makeElement('v'), text }])
}
