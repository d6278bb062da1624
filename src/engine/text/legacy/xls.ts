import { corruptSource } from '../../../base/operation-error.ts'
import type { LegacyDocument } from '../../../packages/compound.ts'
import type { Flow } from '../flow.ts'
import { readXlsGlobals } from './xls-globals.ts'
import { readXlsSheet } from './xls-sheet.ts'

/**
 * Writes the text of a workbook of 1993 to 2003 as that of an XLSX is: its sheets in their order, hidden ones included, a line
 * a row, with numbers as they are displayed, then what lies on a sheet.
 *
 * @throws {@link OperationError} or a `RangeError` when it is damaged
 */
export function readXls({ streams }: LegacyDocument, flow: Flow): void {
  const stream = streams('Workbook') ?? streams('Book') ?? Buffer.alloc(0)
  const globals = readXlsGlobals(stream)
  const sheets = new Map(globals.sheets.map(({ start, name }) => [start, name]))
  for (const [start, name] of sheets) {
    if (start >= stream.length) throw corruptSource('XLS')
    flow.section()
    flow.name(name)
    readXlsSheet(stream, start, globals, flow)
  }
}
