import { readAttribute } from '../../packages/markup.ts'
import { readRelationships } from '../../packages/opc.ts'
import type { Package } from '../../packages/package.ts'
import { readChart } from './chart-text.ts'
import { readDrawing } from './drawing-text.ts'
import type { Flow } from './flow.ts'
import { createSheetRow } from './sheet-row.ts'
import { isUnanswered, tellUnanswered } from './unanswered-formulas.ts'
import { GENERAL, type NumberFormat, writeNumber, writeText } from './xlsx-number.ts'
import { readColumn } from './xlsx-places.ts'
import { readCellStyles, readSharedStrings, STRING_SKIPPED, unescapeString } from './xlsx-tables.ts'
import { readXlsxWorkbook } from './xlsx-workbook.ts'

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
 * @param remark - takes a sentence about values that the file has not
 */
export async function readXlsx(
  parts: Package,
  main: string,
  flow: Flow,
  remark: (sentence: string) => void,
): Promise<void> {
  const { sheets, from1904, find } = await readXlsxWorkbook(parts, main)
  const strings = find('sharedStrings')
  const styles = find('styles')
  const workbook = {
    strings: strings === undefined ? [] : await readSharedStrings(parts, strings),
    styles: styles === undefined ? [] : await readCellStyles(parts, styles),
    from1904,
  }
  let unanswered = 0
  for (const { name, part } of sheets) {
    flow.section()
    flow.name(name)
    unanswered += await readSheet(parts, part, workbook, flow)
    for (const { type, target } of await readRelationships(parts, part)) {
      if (type === 'drawing' && parts.has(target)) await readSheetDrawing(parts, target, flow)
    }
  }
  for (const sentence of tellUnanswered(unanswered)) remark(sentence)
}

/** What lies on a sheet, and the titles of its charts. */
async function readSheetDrawing(parts: Package, drawing: string, flow: Flow): Promise<void> {
  await readDrawing(parts, drawing, flow)
  for (const { type, target } of await readRelationships(parts, drawing)) {
    if (/^chart(Ex)?$/.test(type) && parts.has(target))
      await readChart(parts, target, flow, { isBesideCells: true })
  }
}

/** @returns how many formulas of the sheet have no value */
async function readSheet(
  parts: Package,
  sheet: string,
  workbook: Workbook,
  flow: Flow,
): Promise<number> {
  const row = createSheetRow(flow)
  let unanswered = 0
  let isFormula = false
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
        if (name === 'f') isFormula = true
        if (name === 'row') column = -1
        if (name !== 'c') return
        column = readColumn(readAttribute(attributes, 'r')) ?? column + 1
        type = readAttribute(attributes, 't') ?? 'n'
        style = Number(readAttribute(attributes, 's') ?? 0)
        value = ''
        isFormula = false
      },
      close(name) {
        inValue = false
        if (name === 'c') {
          row.add(column, writeValue(value, type, style, workbook))
          if (isUnanswered(isFormula, type, value)) unanswered += 1
        }
        if (name === 'row') row.end()
      },
      text(text) {
        if (inValue) value += text
      },
    },
    STRING_SKIPPED,
  )
  return unanswered
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
