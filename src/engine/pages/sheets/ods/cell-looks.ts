import { GENERAL, type NumberFormat, readFormatCode } from '../../../text/xlsx-number.ts'
import type { LetterColour } from '../../../typesetting/text-content.ts'
import { attributeOf, type Element } from '../../element.ts'
import { toHex, toPoints } from '../../odf/measures.ts'
import { fontOf, type Look, type OdfStyles, readLook, valueOf } from '../../odf/styles.ts'
import { fromHex, toLetterColour } from '../../slides/colours/colour.ts'
import {
  BLACK,
  type BorderLine,
  type Borders,
  type CellAlignment,
  type CellFont,
  type CellLook,
  EDGES,
  type LookChange,
  NO_BORDERS,
  USUAL_FONT,
} from '../cell-look.ts'
import { toNumberCode } from './number-code.ts'

/** How cells of a document look that say nothing. */
const USUAL_STYLE = 'Default'

/** As many looks of cells are kept. */
const MOST_LOOKS = 65_000

/** Indents are counted in steps of three blanks, each as wide as this part of the size of letters. */
const STEP = 0.6

/** Kinds of formats of numbers, by the elements they are in. */
const FORMATS = [
  'number-style',
  'currency-style',
  'percentage-style',
  'date-style',
  'time-style',
  'boolean-style',
  'text-style',
] as const

/** The looks of the cells of a document, by the names of their styles. */
export interface OdsLooks {
  /** All that were asked for, by their numbers; the first is that of cells that say nothing. */
  readonly looks: readonly CellLook[]
  readonly usual: CellLook
  /** The number of the look of a style. What breaks its lines has a look besides. */
  readonly numberOf: (style: string | undefined, breaksLines?: boolean) => number
  /** What letters of a style of their own have that their cell has not. */
  readonly lettersOf: (style: string | undefined) => Partial<CellFont> | undefined
  /** What a style says itself, which is put over the look of cells. */
  readonly changeOf: (style: string | undefined) => LookChange
}

/** Reads the looks of cells as they are asked for. */
export function createOdsLooks(styles: OdfStyles): OdsLooks {
  const usual = readCellLook(styles, USUAL_STYLE)
  const looks: CellLook[] = [usual]
  const numbers = new Map([[USUAL_STYLE, 0]])

  function numberOf(name = USUAL_STYLE, breaksLines = false): number {
    const key = breaksLines ? `${name} \n` : name
    const known = numbers.get(key)
    if (known !== undefined) return known
    if (looks.length >= MOST_LOOKS) return 0
    const look = readCellLook(styles, name)
    const { alignment } = look
    looks.push(breaksLines ? { ...look, alignment: { ...alignment, wraps: true } } : look)
    numbers.set(key, looks.length - 1)
    return looks.length - 1
  }

  return {
    looks,
    usual,
    numberOf,
    lettersOf(name) {
      const [style] = styles.chain('text', name)
      return style && readLetters(readLook(style), styles)
    },
    changeOf(name) {
      // Conditions may call a style by the name that its user sees.
      const [called, written] = [name, name && writtenName(name)].map((each) =>
        styles.chain('table-cell', each),
      )
      const chain = called?.length ? called : (written ?? [])
      const own = chain.filter((style) => attributeOf(style, 'name') !== USUAL_STYLE)
      return own.reduceRight<LookChange>((below, style) => {
        const look = readLook(style)
        return {
          font: { ...below.font, ...readLetters(look, styles) },
          fill: fillOf(look) ?? below.fill,
          borders: { ...below.borders, ...readBorders(look) },
          format: below.format,
        }
      }, {})
    },
  }
}

/** The name that a style has in a file: other signs than letters and digits are numbers in it. */
function writtenName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, (sign) => `_${sign.charCodeAt(0).toString(16)}_`)
}

function readCellLook(styles: OdfStyles, name: string): CellLook {
  const look = styles.look('table-cell', name)
  const font = { ...USUAL_FONT, family: 'Liberation Sans', size: 10, ...readLetters(look, styles) }
  const chain = styles.chain('table-cell', name)
  const format = chain.map((style) => attributeOf(style, 'data-style-name')).find((each) => each)
  return {
    font,
    fill: fillOf(look),
    borders: { ...NO_BORDERS, ...readBorders(look) },
    alignment: readAlignment(look, font.size),
    format: readFormat(styles, format),
  }
}

function readLetters(look: Look, styles: OdfStyles): Partial<CellFont> {
  const value = (property: string): string | undefined => valueOf(look, 'text', property)
  const family = fontOf(look, styles)
  const size = toPoints(value('font-size'))
  const weight = value('font-weight')
  const style = value('font-style')
  const underline = value('text-underline-style')
  const strike = value('text-line-through-style')
  const position = value('text-position')
  const colour = value('use-window-font-color') === 'true' ? BLACK : toColour(value('color'))
  return {
    ...(family !== undefined && { family }),
    ...(size !== undefined && size > 0 && { size: Math.min(409, Math.max(1, size)) }),
    ...(weight !== undefined && { bold: weight === 'bold' || Number(weight) >= 600 }),
    ...(style !== undefined && { italic: style === 'italic' || style === 'oblique' }),
    ...(underline !== undefined && { underline: underline !== 'none' }),
    ...(strike !== undefined && { strike: strike !== 'none' }),
    ...(position !== undefined && { position: toPosition(position) }),
    ...(colour && { colour }),
  }
}

/** Such as `super 58%` or `-33% 58%`. */
function toPosition(value: string): CellFont['position'] {
  const [raised = ''] = value.trim().split(/\s+/)
  if (raised === 'super') return 'superscript'
  if (raised === 'sub') return 'subscript'
  const percent = Number.parseFloat(raised)
  return percent > 0 ? 'superscript' : percent < 0 ? 'subscript' : 'baseline'
}

function toColour(value: string | undefined): LetterColour | undefined {
  const colour = fromHex(toHex(value) ?? '')
  return colour && toLetterColour(colour)
}

function fillOf(look: Look): LetterColour | undefined {
  return toColour(valueOf(look, 'table-cell', 'background-color'))
}

/** Where the words of lines stand in a style. */
const CORNERS = { up: 'diagonal-bl-tr', down: 'diagonal-tl-br' } as const

function readBorders(look: Look): Partial<Borders> {
  const value = (name: string): string | undefined => valueOf(look, 'table-cell', name)
  const borders: Partial<Record<keyof Borders, BorderLine>> = {}
  for (const edge of EDGES) {
    const line = toLine(value(`border-${edge}`) ?? value('border'))
    if (line) borders[edge] = line
  }
  for (const [corner, name] of Object.entries(CORNERS)) {
    const line = toLine(value(name))
    if (line) borders[corner === 'up' ? 'up' : 'down'] = line
  }
  return borders
}

const DASHES: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries({
    dotted: [1, 1],
    dashed: [3, 1.5],
    'fine-dashed': [2, 1],
    'dash-dot': [4, 1.5, 1, 1.5],
    'dash-dot-dot': [4, 1.5, 1, 1.5, 1, 1.5],
  }),
)

/** Lines that are two. */
const DOUBLE = /double|thin-thick|thick-thin/

/** A line such as `0.74pt solid #808080`; undefined for none. */
function toLine(value: string | undefined): BorderLine | undefined {
  const words = value?.trim().split(/\s+/) ?? []
  const width = words.map(toPoints).find((each) => each !== undefined)
  if (width === undefined || width <= 0 || words.includes('none') || words.includes('hidden')) {
    return undefined
  }
  const isDouble = words.some((word) => DOUBLE.test(word))
  return {
    colour: words.map(toColour).find((each) => each !== undefined) ?? BLACK,
    // What is two lines says how wide both are with what is between them.
    width: isDouble ? Math.min(width / 3, 1) : Math.min(width, 20),
    dash: words.map((word) => DASHES.get(word)).find((each) => each !== undefined) ?? [],
    isDouble,
  }
}

const HORIZONTAL: ReadonlyMap<string, CellAlignment['horizontal']> = new Map(
  Object.entries<CellAlignment['horizontal']>({
    start: 'left',
    left: 'left',
    center: 'centre',
    end: 'right',
    right: 'right',
    justify: 'justify',
  }),
)

const VERTICAL: ReadonlyMap<string, CellAlignment['vertical']> = new Map(
  Object.entries<CellAlignment['vertical']>({ top: 'top', middle: 'middle', justify: 'middle' }),
)

function readAlignment(look: Look, size: number): CellAlignment {
  const cell = (name: string): string => valueOf(look, 'table-cell', name) ?? ''
  const isFixed = cell('text-align-source') !== 'value-type'
  const align = isFixed ? (valueOf(look, 'paragraph', 'text-align') ?? '') : ''
  const horizontal = HORIZONTAL.get(align) ?? 'general'
  const wraps = cell('wrap-option') === 'wrap' || horizontal === 'justify'
  const indent = toPoints(valueOf(look, 'paragraph', 'margin-left')) ?? 0
  return {
    horizontal: cell('repeat-content') === 'true' ? 'fill' : horizontal,
    vertical: VERTICAL.get(cell('vertical-align')) ?? 'bottom',
    wraps,
    shrinks: cell('shrink-to-fit') === 'true' && !wraps,
    indent: Math.min(250, Math.max(0, indent / (size * STEP))),
    turned: cell('direction') === 'ttb' ? 'stacked' : toTurn(cell('rotation-angle')),
  }
}

/** Of degrees against the clock to what cells can be turned by with it. */
function toTurn(angle: string): number {
  const degrees = Number.parseFloat(angle)
  if (!Number.isFinite(degrees)) return 0
  const turned = ((degrees % 360) + 360) % 360
  if (turned <= 90) return -turned
  return turned >= 270 ? 360 - turned : 0
}

function readFormat(styles: OdfStyles, name: string | undefined): NumberFormat {
  const find = (wanted: string | undefined): Element | undefined =>
    FORMATS.map((kind) => styles.named(kind, wanted)).find((each) => each !== undefined)
  const style = find(name)
  const code = style && toNumberCode(style, find)
  return code === undefined ? GENERAL : readFormatCode(code)
}
