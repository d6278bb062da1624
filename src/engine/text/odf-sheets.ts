import { type Attributes, readAttribute } from '../../packages/markup.ts'
import type { Package } from '../../packages/package.ts'
import type { Flow } from './flow.ts'
import { readOdfObjects, toOdfFolder } from './odf-objects.ts'
import { ODF_SKIPPED, readOdfCharacters, readRepeats } from './odf-text.ts'
import { createSheetRow } from './sheet-row.ts'

/** As often as a row or a cell with text is repeated. Empty ones fill the sheet to its end and are not written. */
const MOST_REPEATS = 100

/** More columns than any sheet has. */
const MOST_COLUMNS = 1_000_000

/** Writes the text of a spreadsheet: its sheets in their order, a line a row, cells as they are displayed. */
export async function readOdfSheets(parts: Package, flow: Flow): Promise<void> {
  const row = createSheetRow(flow)
  let cells: { readonly column: number; readonly text: string }[] = []
  let column = 0
  let columns = 1
  let rows = 1
  let cell = ''
  /** What a cell is worth of which the file does not say how it is displayed. */
  let value = ''
  let inCell = false
  let paragraphs = 0
  const objects = await readOdfObjects(parts)
  /** The charts of a sheet, whose values are in its cells. */
  let charts: string[] = []

  function endCell(): void {
    const text = cell.trim() === '' ? value : cell
    if (text !== '') {
      for (let nth = 0; nth < Math.min(columns, MOST_REPEATS); nth += 1) {
        cells.push({ column: column + nth, text })
      }
    }
    column += columns
    inCell = false
  }

  function endRow(): void {
    for (let nth = 0; nth < rows && cells.length > 0; nth += 1) {
      for (const { column: at, text } of cells) row.add(at, text)
      row.end()
    }
  }

  /** Text in a shape on the sheet is not in a cell. */
  const add = (text: string): void => {
    if (inCell) cell += text
    else if (paragraphs > 0) flow.words(text)
  }

  await parts.parse(
    'content.xml',
    {
      open(name, attributes) {
        if (name === 'table') {
          flow.section()
          flow.name(readAttribute(attributes, 'name') ?? '')
        }
        if (name === 'table-row') {
          rows = readRepeats(attributes, 'number-rows-repeated', MOST_REPEATS)
          cells = []
          column = 0
        }
        if (name === 'object') {
          const object = objects.get(toOdfFolder(readAttribute(attributes, 'href') ?? ''))
          if (object !== undefined) charts.push(object.text)
        }
        if (isCell(name)) {
          columns = readRepeats(attributes, 'number-columns-repeated', MOST_COLUMNS)
          cell = ''
          value = readOdfValue(attributes)
          inCell = true
        }
        if (name === 'p' || name === 'line-break') add(' ')
        if (name === 'p') {
          paragraphs += 1
          value = ''
        }
        add(readOdfCharacters(name, attributes))
      },
      close(name) {
        if (name === 'p') {
          paragraphs -= 1
          if (!inCell) flow.line()
        }
        if (isCell(name)) endCell()
        if (name === 'table-row') endRow()
        if (name === 'table') {
          for (const text of charts) flow.lines(text)
          charts = []
        }
      },
      text(text) {
        if (paragraphs > 0) add(text)
      },
    },
    ODF_SKIPPED,
  )
}

/** The value of a cell, as its kind has it (OpenDocument 1.3, part 3, 19.385). */
function readOdfValue(attributes: Attributes): string {
  const names = ['string-value', 'date-value', 'time-value', 'boolean-value', 'value']
  const found = names.map((name) => readAttribute(attributes, name))
  return found.find((each) => each !== undefined)?.trim() ?? ''
}

function isCell(name: string): boolean {
  return name === 'table-cell' || name === 'covered-table-cell'
}
