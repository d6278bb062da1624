import { addTo } from '../../../../packages/limited-list.ts'
import type { XlsGlobals } from '../../../text/legacy/xls-globals.ts'
import { readRecords, XLS_END } from '../../../text/legacy/xls-records.ts'
import type { Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { NO_THEME } from '../../slides/theme.ts'
import type { CellFont, LookChange } from '../cell-look.ts'
import {
  readFont,
  readLookChange,
  readWorkbookStyles,
  type WorkbookStyles,
} from '../workbook-styles.ts'
import { colourElement, flagElement, readCellElements } from './cell-elements.ts'

/** Records of a workbook ([MS-XLS] 2.3). */
const FONT = 0x31
const PALETTE = 0x92
const CELL_FORMAT = 0xe0
const NUMBER_FORMAT = 0x41e

/** The first colours, which a palette does not change. */
const FIXED = '000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF'.split(' ')

/** What the cells of a workbook can look like. */
export interface XlsStyles extends Omit<WorkbookStyles, 'changes' | 'tables'> {
  /** What conditions change of looks, of how an XLSX has that. */
  readonly changesOf: (elements: readonly Element[]) => readonly LookChange[]
  /** What letters of a font have that their cell has not. */
  readonly fontOf: (number: number) => Partial<CellFont> | undefined
}

/** The fonts of a workbook have no number of 4 ([MS-XLS] 2.5.129). */
const NO_FONT = 4

/**
 * Reads what the cells of a workbook can look like, as those of an XLSX are read.
 *
 * @throws a `RangeError` when it is damaged
 */
export function readXlsStyles(stream: Buffer, { isUnicode, readText }: XlsGlobals): XlsStyles {
  const fonts: Element[] = []
  const codes: Element[] = []
  const colours: Element[] = []
  const cells: ReturnType<typeof readCellElements>[] = []
  for (const { type, data } of readRecords(stream, 0)) {
    if (type === XLS_END) break
    if (type === FONT) addTo(fonts, readFontElement(data, readText))
    if (type === NUMBER_FORMAT) {
      const formatCode = readText(data, 2, isUnicode ? 2 : 1)
      addTo(codes, makeElement('numFmt', { numFmtId: String(data.readUInt16LE(0)), formatCode }))
    }
    if (type === PALETTE) colours.push(...readPalette(data))
    if (type === CELL_FORMAT) addTo(cells, readCellElements(data, isUnicode))
  }
  const fills = cells.map(({ fill }) => fill)
  const borders = cells.map(({ border }) => border)
  const formats = cells.map(({ font, format, alignment }, index) =>
    makeElement(
      'xf',
      {
        fontId: String(toPlace(font)),
        fillId: String(index),
        borderId: String(index),
        numFmtId: String(format),
      },
      [alignment],
    ),
  )
  const sheet = makeElement('styleSheet', {}, [
    makeElement('colors', {}, [makeElement('indexedColors', {}, colours)]),
    makeElement('numFmts', {}, codes),
    makeElement('fonts', {}, fonts),
    makeElement('fills', {}, fills),
    makeElement('borders', {}, borders),
    makeElement('cellXfs', {}, formats),
  ])
  const { looks, usualFont, palette } = readWorkbookStyles(sheet, NO_THEME)
  const context = { palette, theme: NO_THEME }
  return {
    looks,
    usualFont,
    palette,
    changesOf: (elements) => elements.map((each) => readLookChange(each, context)),
    fontOf(number) {
      const font = fonts[toPlace(number)]
      return font && readFont(font, context)
    },
  }
}

function toPlace(font: number): number {
  return font > NO_FONT ? font - 1 : font
}

const FONT_FLAGS = { italic: 0x02, strike: 0x08 }

/** As heavy as letters are from which on they are bold. */
const BOLD = 600

const RAISED = ['baseline', 'superscript', 'subscript'] as const

function readFontElement(data: Buffer, readText: XlsGlobals['readText']): Element {
  const flags = data.readUInt16LE(2)
  return makeElement('font', {}, [
    makeElement('sz', { val: String(data.readUInt16LE(0) / 20) }),
    flagElement('b', data.readUInt16LE(6) >= BOLD),
    flagElement('i', (flags & FONT_FLAGS.italic) > 0),
    flagElement('strike', (flags & FONT_FLAGS.strike) > 0),
    makeElement('u', { val: data.readUInt8(10) === 0 ? 'none' : 'single' }),
    makeElement('vertAlign', { val: RAISED[data.readUInt16LE(8)] ?? 'baseline' }),
    colourElement('color', data.readUInt16LE(4)),
    makeElement('name', { val: readText(data, 14, 1) }),
  ])
}

function readPalette(data: Buffer): readonly Element[] {
  const own: string[] = []
  const count = Math.min(data.readUInt16LE(0), 56)
  for (let at = 2; at + 4 <= data.length && own.length < count; at += 4) {
    own.push(data.toString('hex', at, at + 3))
  }
  return [...FIXED, ...own].map((rgb) => makeElement('rgbColor', { rgb }))
}
