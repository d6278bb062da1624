import type { XlsGlobals } from '../../../text/legacy/xls-globals.ts'
import { readRecords, XLS_END } from '../../../text/legacy/xls-records.ts'
import type { CellRange } from '../../../text/xlsx-places.ts'
import type { PrintPlaces } from '../print-setup.ts'
import { isWhole, readPlaces } from './xls-formulas.ts'

/** The record of a name ([MS-XLS] 2.4.150), the flag of one that is not its user's, and what such a name is. */
const NAME = 0x18
const BUILT_IN = 0x20
const PRINT_AREA = 6
const PRINT_TITLES = 7

const NAME_START = 14

/**
 * Finds what is printed of sheets and repeated on their pages, by the names that the workbook has for it.
 *
 * @returns what tells it of a sheet, by its number counted from 0
 * @throws a `RangeError` when it is damaged
 */
export function readXlsNames(
  stream: Buffer,
  { isUnicode }: Pick<XlsGlobals, 'isUnicode'>,
): (sheet: number) => PrintPlaces {
  const named = new Map<string, readonly CellRange[]>()
  for (const { type, data } of readRecords(stream, 0)) {
    if (type === XLS_END) break
    if (type !== NAME || data.length <= NAME_START) continue
    if ((data.readUInt16LE(0) & BUILT_IN) === 0) continue
    const letters = data.readUInt8(3)
    const sheet = data.readUInt16LE(8) - 1
    // One byte says how wide the letters of the name are.
    const start = NAME_START + (isUnicode ? 1 : 0)
    const isWide = isUnicode && (data.readUInt8(NAME_START) & 1) > 0
    const end = start + letters * (isWide ? 2 : 1)
    const formula = data.subarray(end, end + data.readUInt16LE(4))
    named.set(`${data[start]} ${sheet}`, readPlaces(formula, isUnicode))
  }
  return (sheet) => {
    const titles = named.get(`${PRINT_TITLES} ${sheet}`) ?? []
    return {
      areas: named.get(`${PRINT_AREA} ${sheet}`) ?? [],
      titleRows: titles.find((each) => isWhole(each, 'rows')),
      titleColumns: titles.find((each) => isWhole(each, 'columns')),
    }
  }
}
