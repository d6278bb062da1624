import { type Attributes, readAttribute } from '../../../packages/markup.ts'
import type { LetterColour } from '../../typesetting/text-content.ts'
import { type Colour, fromHex, fromHsl, toHsl, toLetterColour } from '../slides/colours/colour.ts'

/** The colours that those of a workbook are called after. */
export interface SheetPalette {
  /** In the order of a workbook: light 1, dark 1, light 2, dark 2, accents, links. */
  readonly theme: readonly Colour[]
  /** Those that a workbook has by numbers, where it has its own. */
  readonly indexed: readonly Colour[]
}

/** The colours that have numbers (ECMA-376, part 1, 18.8.27). */
const INDEXED =
  '000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333'
    .split(' ')
    .flatMap((digits) => fromHex(digits) ?? [])

/** The names of colours of a theme, in the order in which a workbook counts them. */
const NAMES =
  'lt1 dk1 lt2 dk2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink'.split(' ')

/** The theme of Excel since 2013. */
const USUAL_THEME =
  'FFFFFF 000000 E7E6E6 44546A 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47 0563C1 954F72'
    .split(' ')
    .flatMap((digits) => fromHex(digits) ?? [])

/** The colours of a theme by their names, in the order of a workbook; those of Excel where it has none. */
export function themeColours(named: ReadonlyMap<string, Colour>): readonly Colour[] {
  return NAMES.flatMap((name, index) => named.get(name) ?? USUAL_THEME[index] ?? [])
}

/** What a drawing on a sheet calls colours of the theme besides. */
const OTHER_NAMES = [
  ['bg1', 'lt1'],
  ['tx1', 'dk1'],
  ['bg2', 'lt2'],
  ['tx2', 'dk2'],
] as const

/** The colours of a theme, in the order of a workbook, by their names in drawings. */
export function namedColours(theme: readonly Colour[]): ReadonlyMap<string, Colour> {
  const named = new Map(theme.map((colour, index) => [NAMES[index] ?? '', colour]))
  for (const [name, meant] of OTHER_NAMES) {
    const colour = named.get(meant)
    if (colour) named.set(name, colour)
  }
  return named
}

/** Reads the colour that attributes tell; undefined when they say none, or what a window has. */
export function readSheetColour(
  attributes: Attributes | undefined,
  palette: SheetPalette,
): LetterColour | undefined {
  if (attributes === undefined) return undefined
  const base = readBase(attributes, palette)
  if (base === undefined) return undefined
  const tint = Number(readAttribute(attributes, 'tint') ?? 0)
  return toLetterColour(Number.isFinite(tint) && tint !== 0 ? tinted(base, tint) : base)
}

function readBase(attributes: Attributes, { theme, indexed }: SheetPalette): Colour | undefined {
  const rgb = readAttribute(attributes, 'rgb')
  if (rgb !== undefined) return fromHex(rgb.slice(-6))
  const named = readAttribute(attributes, 'theme')
  if (named !== undefined) return theme[Number(named)]
  const index = readAttribute(attributes, 'indexed')
  if (index === undefined) return undefined
  return indexed[Number(index)] ?? INDEXED[Number(index)]
}

/** A colour made lighter, or darker where `tint` is negative (ECMA-376, part 1, 18.8.19). */
export function tinted(colour: Colour, tint: number): Colour {
  const hsl = toHsl(colour)
  const { luminance } = hsl
  const changed = tint < 0 ? luminance * (1 + tint) : luminance * (1 - tint) + tint
  return fromHsl({ ...hsl, luminance: changed }, colour.alpha)
}

/** Between two colours, at a share of the way from the first. */
export function mixColours(one: LetterColour, other: LetterColour, share: number): LetterColour {
  const between = (from: number, to: number): number => Math.round(from + (to - from) * share)
  return {
    red: between(one.red, other.red),
    green: between(one.green, other.green),
    blue: between(one.blue, other.blue),
    alpha: between(one.alpha, other.alpha),
  }
}
