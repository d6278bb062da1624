import { addTo } from '../../../packages/limited-list.ts'
import {
  GENERAL,
  type NumberFormat,
  readFormatCode,
  readFormatNumber,
} from '../../text/xlsx-number.ts'
import type { LetterColour } from '../../typesetting/text-content.ts'
import { attributeOf, childOf, childrenOf, type Element } from '../element.ts'
import { fromHex } from '../slides/colours/colour.ts'
import { flagOf, numberOf } from '../slides/drawing-values.ts'
import type { Theme } from '../slides/theme.ts'
import {
  BLACK,
  type BorderLine,
  type Borders,
  type CellAlignment,
  type CellFont,
  type CellLook,
  type LookChange,
  NO_BORDERS,
  USUAL_ALIGNMENT,
  USUAL_FONT,
} from './cell-look.ts'
import { mixColours, readSheetColour, type SheetPalette, themeColours } from './sheet-colours.ts'

/** What the cells of a workbook can look like. */
export interface WorkbookStyles {
  /** By the number that cells have. */
  readonly looks: readonly CellLook[]
  /** What conditions and tables change, by number. */
  readonly changes: readonly LookChange[]
  /** Of tables that have a style of the workbook: what each part of it changes, by the names of both. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, LookChange>>
  /** By which columns are measured. */
  readonly usualFont: CellFont
  readonly palette: SheetPalette
}

const WHITE: LetterColour = { red: 255, green: 255, blue: 255, alpha: 255 }

/** How much of a pattern is in its foreground (ECMA-376, part 1, 18.18.55). */
const PATTERNS: Readonly<Record<string, number>> = {
  solid: 1,
  darkGray: 0.75,
  mediumGray: 0.5,
  lightGray: 0.25,
  gray125: 0.125,
  gray0625: 0.0625,
}

/** That of stripes and grids, dark ones and light ones. */
const STRIPES = { dark: 0.5, light: 0.25 }

/** Lines by their names: their width in points, and their dashes. */
const LINES: Readonly<Record<string, readonly [width: number, dash: readonly number[]]>> = {
  hair: [0.25, [0.5, 0.5]],
  thin: [0.5, []],
  medium: [1.25, []],
  thick: [2, []],
  double: [0.5, []],
  dotted: [0.5, [1, 1]],
  dashed: [0.5, [3, 1.5]],
  dashDot: [0.5, [4, 1.5, 1, 1.5]],
  dashDotDot: [0.5, [4, 1.5, 1, 1.5, 1, 1.5]],
  mediumDashed: [1.25, [5, 2]],
  mediumDashDot: [1.25, [5, 2, 1.5, 2]],
  mediumDashDotDot: [1.25, [5, 2, 1.5, 2, 1.5, 2]],
  slantDashDot: [1.25, [5, 2, 1.5, 2]],
}

/** What a file without styles has. */
export function usualStyles(theme: Theme): WorkbookStyles {
  const font = { ...USUAL_FONT, family: theme.fonts.minor.latin ?? USUAL_FONT.family }
  const look = {
    font,
    fill: undefined,
    borders: NO_BORDERS,
    alignment: USUAL_ALIGNMENT,
    format: GENERAL,
  }
  const palette = { theme: themeColours(theme.colours), indexed: [] }
  return { looks: [look], changes: [], tables: new Map(), usualFont: font, palette }
}

/**
 * Reads what the cells of a workbook can look like.
 *
 * @param sheet - the outermost element of the part with its styles
 */
export function readWorkbookStyles(sheet: Element, theme: Theme): WorkbookStyles {
  const indexed = childrenOf(childOf(childOf(sheet, 'colors'), 'indexedColors'), 'rgbColor')
  const palette = {
    theme: themeColours(theme.colours),
    indexed: indexed.flatMap((each) => fromHex((attributeOf(each, 'rgb') ?? '').slice(-6)) ?? []),
  }
  const context = { palette, theme }
  const codes = new Map(
    childrenOf(childOf(sheet, 'numFmts'), 'numFmt').map((each) => [
      numberOf(each, 'numFmtId') ?? 0,
      readFormatCode(attributeOf(each, 'formatCode') ?? ''),
    ]),
  )
  const fonts = childrenOf(childOf(sheet, 'fonts'), 'font').map((each) => ({
    ...USUAL_FONT,
    ...readFont(each, context),
  }))
  const fills = childrenOf(childOf(sheet, 'fills'), 'fill').map((each) => readFill(each, palette))
  const borders = childrenOf(childOf(sheet, 'borders'), 'border').map((each) => ({
    ...NO_BORDERS,
    ...readBorders(each, palette),
  }))
  const formatOf = (number: number): NumberFormat => codes.get(number) ?? readFormatNumber(number)
  const looks: CellLook[] = []
  for (const xf of childrenOf(childOf(sheet, 'cellXfs'), 'xf')) {
    addTo(looks, {
      font: fonts[numberOf(xf, 'fontId') ?? 0] ?? USUAL_FONT,
      fill: fills[numberOf(xf, 'fillId') ?? 0],
      borders: borders[numberOf(xf, 'borderId') ?? 0] ?? NO_BORDERS,
      alignment: readAlignment(childOf(xf, 'alignment')),
      format: formatOf(numberOf(xf, 'numFmtId') ?? 0),
    })
  }
  const usual = usualStyles(theme)
  const changes = childrenOf(childOf(sheet, 'dxfs'), 'dxf').map((each) =>
    readLookChange(each, context),
  )
  return {
    looks: looks.length > 0 ? looks : usual.looks,
    changes,
    tables: readTableStyles(childOf(sheet, 'tableStyles'), changes),
    usualFont: fonts[0] ?? usual.usualFont,
    palette,
  }
}

/** What styles are read with. */
interface StyleContext {
  readonly palette: SheetPalette
  readonly theme: Theme
}

/** What an element says of letters, and no more. */
export function readFont(element: Element, { palette, theme }: StyleContext): Partial<CellFont> {
  const value = (name: string): string | undefined => attributeOf(childOf(element, name), 'val')
  const flag = (name: string): boolean | undefined => {
    const found = childOf(element, name)
    return found && (flagOf(found, 'val') ?? true)
  }
  const scheme = value('scheme')
  const family =
    (scheme === 'minor' || scheme === 'major' ? theme.fonts[scheme].latin : undefined) ??
    value('name') ??
    value('rFont')
  const size = Number(value('sz'))
  const underline = childOf(element, 'u')
  const colour = readSheetColour(childOf(element, 'color')?.attributes, palette)
  const position = { superscript: 'superscript', subscript: 'subscript' } as const
  const raised = value('vertAlign')
  return withoutGaps({
    family,
    // As Excel, which has sizes from 1 to 409.
    size: size > 0 ? Math.min(409, Math.max(1, size)) : undefined,
    bold: flag('b'),
    italic: flag('i'),
    strike: flag('strike'),
    underline: underline && attributeOf(underline, 'val') !== 'none',
    position: raised === 'superscript' || raised === 'subscript' ? position[raised] : undefined,
    colour,
  })
}

/** Without what is undefined, so that nothing is covered by it. */
function withoutGaps<T extends object>(values: {
  readonly [Key in keyof T]: T[Key] | undefined
}): Partial<T> {
  const kept: Partial<T> = {}
  for (const key in values) {
    const value = values[key]
    if (value !== undefined) kept[key] = value
  }
  return kept
}

function readFill(element: Element, palette: SheetPalette): LetterColour | undefined {
  const stops = childrenOf(childOf(element, 'gradientFill'), 'stop').flatMap(
    (each) => readSheetColour(childOf(each, 'color')?.attributes, palette) ?? [],
  )
  const [first, last] = [stops[0], stops.at(-1)]
  if (first && last) return mixColours(first, last, 0.5)
  const pattern = childOf(element, 'patternFill')
  const type = attributeOf(pattern, 'patternType') ?? 'none'
  if (type === 'none') return undefined
  const front = readSheetColour(childOf(pattern, 'fgColor')?.attributes, palette)
  const back = readSheetColour(childOf(pattern, 'bgColor')?.attributes, palette)
  const share = PATTERNS[type] ?? (type.startsWith('dark') ? STRIPES.dark : STRIPES.light)
  if (share === 1) return front
  return mixColours(back ?? WHITE, front ?? BLACK, share)
}

function readBorders(element: Element, palette: SheetPalette): Partial<Borders> {
  const line = (...names: readonly string[]): BorderLine | undefined => {
    const found = names.map((name) => childOf(element, name)).find((each) => each !== undefined)
    const style = attributeOf(found, 'style') ?? 'none'
    const look = LINES[style]
    if (look === undefined) return undefined
    const colour = readSheetColour(childOf(found, 'color')?.attributes, palette) ?? BLACK
    return { colour, width: look[0], dash: look[1], isDouble: style === 'double' }
  }
  const diagonal = line('diagonal')
  return withoutGaps<Borders>({
    left: line('left', 'start'),
    right: line('right', 'end'),
    top: line('top'),
    bottom: line('bottom'),
    up: flagOf(element, 'diagonalUp') ? diagonal : undefined,
    down: flagOf(element, 'diagonalDown') ? diagonal : undefined,
  })
}

const HORIZONTAL: Readonly<Record<string, CellAlignment['horizontal']>> = {
  left: 'left',
  center: 'centre',
  right: 'right',
  justify: 'justify',
  distributed: 'justify',
  fill: 'fill',
  centerContinuous: 'across',
}

const VERTICAL: Readonly<Record<string, CellAlignment['vertical']>> = {
  top: 'top',
  center: 'middle',
  distributed: 'middle',
  justify: 'top',
}

/** What stands for letters below each other. */
const STACKED = 255

/** More steps than a cell can be indented by. */
const MOST_INDENT = 250

function readAlignment(element: Element | undefined): CellAlignment {
  if (element === undefined) return USUAL_ALIGNMENT
  const turned = numberOf(element, 'textRotation') ?? 0
  const horizontal = attributeOf(element, 'horizontal') ?? ''
  const wraps = flagOf(element, 'wrapText') ?? false
  return {
    horizontal: HORIZONTAL[horizontal] ?? 'general',
    vertical: VERTICAL[attributeOf(element, 'vertical') ?? ''] ?? 'bottom',
    wraps: wraps || horizontal === 'justify' || horizontal === 'distributed',
    shrinks: (flagOf(element, 'shrinkToFit') ?? false) && !wraps,
    indent: Math.min(MOST_INDENT, Math.max(0, numberOf(element, 'indent') ?? 0)),
    turned: turned === STACKED ? 'stacked' : readTurn(turned),
  }
}

/** Up to 90 is upwards, what is more is downwards. */
function readTurn(turned: number): number {
  if (turned > 90 && turned <= 180) return turned - 90
  return turned > 0 && turned <= 90 ? -turned : 0
}

/** What an element says of a look that is put over that of cells, and no more. */
export function readLookChange(element: Element, context: StyleContext): LookChange {
  const font = childOf(element, 'font')
  const borders = childOf(element, 'border')
  const code = attributeOf(childOf(element, 'numFmt'), 'formatCode')
  return withoutGaps<LookChange>({
    font: font && readFont(font, context),
    fill: readChangedFill(childOf(element, 'fill'), context.palette),
    borders: borders && readBorders(borders, context.palette),
    format: code === undefined ? undefined : readFormatCode(code),
  })
}

/** What is solid has its colour in the background here (ECMA-376, part 1, 18.8.14). */
function readChangedFill(
  element: Element | undefined,
  palette: SheetPalette,
): LetterColour | undefined {
  const pattern = childOf(element, 'patternFill')
  const type = attributeOf(pattern, 'patternType') ?? 'solid'
  if (element === undefined || type === 'none') return undefined
  const back = readSheetColour(childOf(pattern, 'bgColor')?.attributes, palette)
  return type === 'solid' && back ? back : readFill(element, palette)
}

function readTableStyles(
  element: Element | undefined,
  changes: readonly LookChange[],
): ReadonlyMap<string, ReadonlyMap<string, LookChange>> {
  return new Map(
    childrenOf(element, 'tableStyle').map((style) => [
      attributeOf(style, 'name') ?? '',
      new Map(
        childrenOf(style, 'tableStyleElement').map((each) => [
          attributeOf(each, 'type') ?? '',
          changes[numberOf(each, 'dxfId') ?? -1] ?? {},
        ]),
      ),
    ]),
  )
}
