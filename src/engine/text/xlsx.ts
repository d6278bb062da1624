import { addTo } from '../../packages/limited-list.ts'
import { readAttribute, readPrefixed } from '../../packages/markup.ts'
import { readRelationships } from '../../packages/opc.ts'
import type { Package } from '../../packages/package.ts'
import { readChart } from './chart-text.ts'
import { readDrawing } from './drawing-text.ts'
import type { Flow } from './flow.ts'
import { createSheetRow } from './sheet-row.ts'
import { GENERAL, type NumberFormat, writeNumber, writeText } from './xlsx-number.ts'
import { readCellStyles, readSharedStrings, STRING_SKIPPED, unescapeString } from './xlsx-tables.ts'

/** What the sheets of a workbook have in common. */
interface Workbook {
  readonly strings: readonly string[]
  readonly styles: readonly NumberFormat[]
  readonly from1904: boolean
}

/**
 * Writes the text of a workbook: its sheets in their order, hidden ones included, a line a row. Formulas are the values
 * they had when the file was saved. Empty rows are left out.
 *
 * @param main - the name of its main part
 */
export async function readXlsx(parts: Package, main: string, flow: Flow): Promise<void> {
  const sheets: { readonly id: string; readonly name: string }[] = []
  let from1904 = false
  await parts.parse(main, {
    open(name, attributes) {
      const id = name === 'sheet' ? readPrefixed(attributes, 'id') : undefined
      if (id !== undefined) addTo(sheets, { id, name: readAttribute(attributes, 'name') ?? '' })
      if (name === 'workbookPr') {
        from1904 = /^(1|true|on)$/.test(readAttribute(attributes, 'date1904') ?? '')
      }
    },
  })
  const links = await readRelationships(parts, main)
  const find = (wanted: string) =>
    links.find(({ type, target }) => type === wanted && parts.has(target))?.target
  const strings = find('sharedStrings')
  const styles = find('styles')
  const workbook = {
    strings: strings === undefined ? [] : await readSharedStrings(parts, strings),
    styles: styles === undefined ? [] : await readCellStyles(parts, styles),
    from1904,
  }
  for (const { id, name } of sheets) {
    const sheet = links.find((link) => link.id === id && /^(work|chart)sheet$/.test(link.type))
    if (sheet === undefined) continue
    flow.section()
    flow.name(name)
    await readSheet(parts, sheet.target, workbook, flow)
    for (const { type, target } of await readRelationships(parts, sheet.target)) {
      if (type === 'drawing' && parts.has(target)) await readSheetDrawing(parts, target, flow)
    }
  }
}

/** What lies on a sheet, and the titles of its charts. */
async function readSheetDrawing(parts: Package, drawing: string, flow: Flow): Promise<void> {
  await readDrawing(parts, drawing, flow)
  for (const { type, target } of await readRelationships(parts, drawing)) {
    if (/^chart(Ex)?$/.test(type) && parts.has(target))
      await readChart(parts, target, flow, { isBesideCells: true })
  }
}

async function readSheet(
  parts: Package,
  sheet: string,
  workbook: Workbook,
  flow: Flow,
): Promise<void> {
  const row = createSheetRow(flow)
  let column = -1
  let type = 'n'
  let style = 0
  let value = ''
  let inValue = false
  await parts.parse(
    sheet,
    {
      open(name, attributes) {
        inValue = name === 'v' || name === 't'
        if (name === 'row') column = -1
        if (name !== 'c') return
        column = readColumn(readAttribute(attributes, 'r')) ?? column + 1
        type = readAttribute(attributes, 't') ?? 'n'
        style = Number(readAttribute(attributes, 's') ?? 0)
        value = ''
      },
      close(name) {
        inValue = false
        if (name === 'c') row.add(column, writeValue(value, type, style, workbook))
        if (name === 'row') row.end()
      },
      text(text) {
        if (inValue) value += text
      },
    },
    STRING_SKIPPED,
  )
}

/** The column, counted from 0, of a reference such as `BC12`. */
function readColumn(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return undefined
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

function writeValue(value: string, type: string, style: number, workbook: Workbook): string {
  const format = workbook.styles[style] ?? GENERAL
  switch (type) {
    case 's':
      return writeText(workbook.strings[Number(value)] ?? '', format)
    case 'b':
      return value.trim() === '1' ? 'TRUE' : 'FALSE'
    case 'n':
      return writeNumber(value, format, workbook.from1904)
    default:
      return writeText(unescapeString(value), format)
  }
}
