import type { Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'

/** What the look of a cell is made of, with its font and its format by their numbers. */
export interface CellElements {
  readonly font: number
  readonly format: number
  readonly fill: Element
  readonly border: Element
  readonly alignment: Element
}

/** Lines, patterns and places by their numbers, as an XLSX calls them ([MS-XLS] 2.5.11, 2.5.129, 2.5.131). */
const LINES =
  'none thin medium dashed dotted thick double hair mediumDashed dashDot mediumDashDot dashDotDot mediumDashDotDot slantDashDot'.split(
    ' ',
  )
const PATTERNS =
  'none solid mediumGray darkGray lightGray darkHorizontal darkVertical darkDown darkUp darkGrid darkTrellis lightHorizontal lightVertical lightDown lightUp lightGrid lightTrellis gray125 gray0625'.split(
    ' ',
  )
const HORIZONTAL = 'general left center right fill justify centerContinuous distributed'.split(' ')
const VERTICAL = 'top center bottom justify distributed'.split(' ')

/** From which number on a colour is that of a window. */
const WINDOW = 64

/** A colour by its number; that of a window says nothing. */
export function colourElement(name: string, number: number): Element {
  return makeElement(name, number < WINDOW ? { indexed: String(number) } : {})
}

/** Whether letters are so. */
export function flagElement(name: string, isSet: boolean): Element {
  return makeElement(name, { val: isSet ? '1' : '0' })
}

/** A fill with a pattern, by the numbers of it and of its colours. */
export function fillElement(pattern: number, front: number, back: number): Element {
  return makeElement('fill', {}, [
    makeElement('patternFill', { patternType: PATTERNS[pattern] ?? 'none' }, [
      colourElement('fgColor', front),
      colourElement('bgColor', back),
    ]),
  ])
}

/** A line at an edge, by the numbers of its kind and its colour. */
export function lineElement(edge: string, line: number, colour: number): Element {
  return makeElement(edge, { style: LINES[line] ?? 'none' }, [colourElement('color', colour)])
}

/**
 * Reads the look of cells ([MS-XLS] 2.4.353).
 *
 * @param isUnicode - whether it is of Excel 97 and later
 */
export function readCellElements(data: Buffer, isUnicode: boolean): CellElements {
  const numbers = { font: data.readUInt16LE(0), format: data.readUInt16LE(2) }
  return { ...numbers, ...(isUnicode ? readLook(data) : readOldLook(data)) }
}

type Look = Omit<CellElements, 'font' | 'format'>

function readLook(data: Buffer): Look {
  const place = data.readUInt8(6)
  const more = data.readUInt8(8)
  const sides = data.readUInt32LE(10)
  const others = data.readUInt32LE(14)
  const colours = data.readUInt16LE(18)
  return {
    fill: fillElement(bits(others, 26, 6), bits(colours, 0, 7), bits(colours, 7, 7)),
    border: makeElement(
      'border',
      { diagonalDown: String(bits(sides, 30, 1)), diagonalUp: String(bits(sides, 31, 1)) },
      [
        lineElement('left', bits(sides, 0, 4), bits(sides, 16, 7)),
        lineElement('right', bits(sides, 4, 4), bits(sides, 23, 7)),
        lineElement('top', bits(sides, 8, 4), bits(others, 0, 7)),
        lineElement('bottom', bits(sides, 12, 4), bits(others, 7, 7)),
        lineElement('diagonal', bits(others, 21, 4), bits(others, 14, 7)),
      ],
    ),
    alignment: makeElement('alignment', {
      ...placeOf(place),
      textRotation: String(data.readUInt8(7)),
      indent: String(bits(more, 0, 4)),
      shrinkToFit: String(bits(more, 4, 1)),
    }),
  }
}

/** How text is turned before Excel 97: not, stacked, upwards and downwards. */
const OLD_TURNS = [0, 255, 90, 180]

function readOldLook(data: Buffer): Look {
  const place = data.readUInt8(6)
  const area = data.readUInt32LE(8)
  const sides = data.readUInt32LE(12)
  return {
    fill: fillElement(bits(area, 16, 6), bits(area, 0, 7), bits(area, 7, 7)),
    border: makeElement('border', {}, [
      lineElement('left', bits(sides, 3, 3), bits(sides, 16, 7)),
      lineElement('right', bits(sides, 6, 3), bits(sides, 23, 7)),
      lineElement('top', bits(sides, 0, 3), bits(sides, 9, 7)),
      lineElement('bottom', bits(area, 22, 3), bits(area, 25, 7)),
    ]),
    alignment: makeElement('alignment', {
      ...placeOf(place),
      textRotation: String(OLD_TURNS[bits(data.readUInt8(7), 0, 2)] ?? 0),
    }),
  }
}

function placeOf(place: number): Readonly<Record<string, string>> {
  return {
    horizontal: HORIZONTAL[bits(place, 0, 3)] ?? 'general',
    wrapText: String(bits(place, 3, 1)),
    vertical: VERTICAL[bits(place, 4, 3)] ?? 'bottom',
  }
}

/** So many bits of a number, from one on. */
export function bits(number: number, from: number, count: number): number {
  return (number >>> from) & ((1 << count) - 1)
}
