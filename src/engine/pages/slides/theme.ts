import { attributeOf, childOf, type Element } from '../element.ts'
import { BLACK, type Colour, WHITE } from './colours/colour.ts'
import { findColour, type Palette } from './colours/read-colour.ts'

/** What a presentation calls its colours, fonts and styles. */
export interface Theme {
  readonly colours: ReadonlyMap<string, Colour>
  /** Names of fonts, those of headings and of all else. */
  readonly fonts: { readonly major: ThemeFont; readonly minor: ThemeFont }
  /** Styles by their places in the lists of the theme, the first being 0. */
  readonly fills: readonly Element[]
  readonly backgrounds: readonly Element[]
  readonly lines: readonly Element[]
}

/** Names of fonts, by the letters that they are for. */
export interface ThemeFont {
  readonly latin: string | undefined
  readonly eastAsian: string | undefined
  readonly complex: string | undefined
}

const NO_FONT: ThemeFont = { latin: undefined, eastAsian: undefined, complex: undefined }

/** A theme of a presentation that has none. */
export const NO_THEME: Theme = {
  colours: new Map([
    ['dk1', BLACK],
    ['lt1', WHITE],
    ['dk2', BLACK],
    ['lt2', WHITE],
  ]),
  fonts: { major: NO_FONT, minor: NO_FONT },
  fills: [],
  backgrounds: [],
  lines: [],
}

/** The names that a slide has for the colours of its theme, unless its master says others. */
export const USUAL_MAP: ReadonlyMap<string, string> = new Map([
  ['bg1', 'lt1'],
  ['tx1', 'dk1'],
  ['bg2', 'lt2'],
  ['tx2', 'dk2'],
])

/** Reads a theme (ECMA-376, part 1, 20.1.6.9). */
export function readTheme(theme: Element): Theme {
  const elements = childOf(theme, 'themeElements')
  const colours = new Map<string, Colour>()
  for (const element of childOf(elements, 'clrScheme')?.children ?? []) {
    const colour = findColour(element, { colourOf: () => undefined })
    if (colour !== undefined) colours.set(element.name, colour)
  }
  const fonts = childOf(elements, 'fontScheme')
  const formats = childOf(elements, 'fmtScheme')
  return {
    colours,
    fonts: {
      major: fontOf(childOf(fonts, 'majorFont')),
      minor: fontOf(childOf(fonts, 'minorFont')),
    },
    fills: childOf(formats, 'fillStyleLst')?.children ?? [],
    backgrounds: childOf(formats, 'bgFillStyleLst')?.children ?? [],
    lines: childOf(formats, 'lnStyleLst')?.children ?? [],
  }
}

function fontOf(element: Element | undefined): ThemeFont {
  const name = (script: string): string | undefined =>
    attributeOf(childOf(element, script), 'typeface') || undefined
  return { latin: name('latin'), eastAsian: name('ea'), complex: name('cs') }
}

/** Colours by the names of a part, which has a map of its own from them to those of the theme. */
export function paletteOf({ colours }: Theme, map: ReadonlyMap<string, string>): Palette {
  return { colourOf: (name) => colours.get(map.get(name) ?? name) }
}
