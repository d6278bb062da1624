import { isOn } from '../../text/docx-story.ts'
import type { LetterColour, TextRun } from '../../typesetting/text-content.ts'
import { attributeOf, childOf, type Element } from '../element.ts'
import { colourOf, halvesOf, hexColour, numberOf, twipsOf } from './measures.ts'

/** How letters look, as far as it is told; lengths are in points. */
export interface RunLook {
  readonly font?: string | undefined
  readonly size?: number | undefined
  readonly bold?: boolean | undefined
  readonly italic?: boolean | undefined
  readonly underline?: boolean | undefined
  readonly strike?: boolean | undefined
  /** `auto` is black on light and white on dark. */
  readonly colour?: LetterColour | 'auto' | undefined
  readonly highlight?: LetterColour | 'none' | undefined
  readonly shading?: LetterColour | 'none' | undefined
  readonly position?: TextRun['position'] | undefined
  readonly caps?: boolean | undefined
  readonly smallCaps?: boolean | undefined
  readonly hidden?: boolean | undefined
  readonly spacing?: number | undefined
  readonly rise?: number | undefined
  /** How wide letters are, in parts of what they usually are. */
  readonly stretch?: number | undefined
}

/** The names of fonts that a theme has, by what stands for them. */
export type ThemeFonts = ReadonlyMap<string, string>

/** Colours that can be highlighted with (ECMA-376, part 1, 17.18.40). */
const HIGHLIGHTS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    black: '000000',
    blue: '0000ff',
    cyan: '00ffff',
    darkBlue: '00008b',
    darkCyan: '008b8b',
    darkGray: 'a9a9a9',
    darkGreen: '006400',
    darkMagenta: '800080',
    darkRed: '8b0000',
    darkYellow: '808000',
    green: '00ff00',
    lightGray: 'd3d3d3',
    magenta: 'ff00ff',
    red: 'ff0000',
    white: 'ffffff',
    yellow: 'ffff00',
  }),
)

const POSITIONS = new Map<string | undefined, TextRun['position']>([
  ['superscript', 'superscript'],
  ['subscript', 'subscript'],
  ['baseline', 'baseline'],
])

/** Reads the properties of a run (ECMA-376, part 1, 17.3.2.28). */
export function readRunLook(properties: Element | undefined, theme: ThemeFonts): RunLook {
  let look: RunLook = {}
  for (const each of properties?.children ?? []) look = { ...look, ...readProperty(each, theme) }
  return look
}

function readProperty(property: Element, theme: ThemeFonts): RunLook {
  const value = attributeOf(property, 'val')
  switch (property.name) {
    case 'rFonts': {
      const font = fontOf(property, theme)
      return font === undefined ? {} : { font }
    }
    case 'sz':
      return told('size', halvesOf(property, 'val'))
    case 'b':
      return { bold: isOn(property.attributes) }
    case 'i':
      return { italic: isOn(property.attributes) }
    case 'u':
      return { underline: value !== 'none' }
    case 'strike':
    case 'dstrike':
      return { strike: isOn(property.attributes) }
    case 'color':
      return { colour: colourOf(property, 'val') ?? 'auto' }
    case 'highlight':
      return { highlight: hexColour(HIGHLIGHTS.get(value ?? '') ?? '') ?? 'none' }
    case 'shd':
      return { shading: readShading(property) ?? 'none' }
    case 'vertAlign':
      return told('position', POSITIONS.get(value))
    case 'caps':
      return { caps: isOn(property.attributes) }
    case 'smallCaps':
      return { smallCaps: isOn(property.attributes) }
    case 'vanish':
      return { hidden: isOn(property.attributes) }
    case 'spacing':
      return told('spacing', twipsOf(property, 'val'))
    case 'position':
      return told('rise', halvesOf(property, 'val'))
    case 'w':
      return told('stretch', percentOf(property))
    default:
      return {}
  }
}

function told<Name extends keyof RunLook>(name: Name, value: RunLook[Name]): RunLook {
  return value === undefined ? {} : { [name]: value }
}

function percentOf(property: Element): number | undefined {
  const percent = Number.parseFloat(attributeOf(property, 'val') ?? '')
  return percent > 0 && percent <= 600 ? percent / 100 : undefined
}

/** A font of the theme goes before one that is named. */
function fontOf(fonts: Element, theme: ThemeFonts): string | undefined {
  const names = ['ascii', 'hAnsi', 'cs', 'eastAsia']
  const ofTheme = names.map((name) => theme.get(attributeOf(fonts, `${name}Theme`) ?? ''))
  const named = names.map((name) => attributeOf(fonts, name))
  return [...ofTheme.slice(0, 2), ...named.slice(0, 2), ...ofTheme, ...named].find(
    (name) => name !== undefined && name !== '',
  )
}

/** The colour behind something: that of its ground, mixed with that of the pattern on it (ECMA-376, part 1, 17.3.5). */
export function readShading(shading: Element | undefined): LetterColour | undefined {
  const pattern = attributeOf(shading, 'val') ?? 'clear'
  const ground = colourOf(shading, 'fill')
  if (pattern === 'nil') return undefined
  const percent = pattern === 'solid' ? 100 : Number(/^pct(\d+)$/.exec(pattern)?.[1] ?? 0)
  if (percent === 0) return ground
  const ink = colourOf(shading, 'color') ?? { red: 0, green: 0, blue: 0, alpha: 255 }
  const under = ground ?? { red: 255, green: 255, blue: 255, alpha: 255 }
  const mix = (a: number, b: number): number => a + ((b - a) * Math.min(100, percent)) / 100
  return {
    red: mix(under.red, ink.red),
    green: mix(under.green, ink.green),
    blue: mix(under.blue, ink.blue),
    alpha: 255,
  }
}

/** Of how many points letters are where nothing says so. */
const USUAL_SIZE = 10

/** How large raised and lowered letters are, and how far they are moved, in parts of the size of the others; as Word has it. */
const MOVED = {
  baseline: { size: 1, rise: 0 },
  superscript: { size: 0.65, rise: 0.34 },
  subscript: { size: 0.65, rise: -0.14 },
}

/** Small capitals, in parts of the others. */
const SMALL = 0.8

const BLACK: LetterColour = { red: 0, green: 0, blue: 0, alpha: 255 }
const WHITE: LetterColour = { red: 255, green: 255, blue: 255, alpha: 255 }

/** What is darker has white letters on it where nothing says how they are, from 0 to 255. */
const DARK = 60

/**
 * Letters as they are set.
 *
 * @param ground - what is behind the paragraph or cell that they are in
 */
export function toRuns(text: string, look: RunLook, ground: LetterColour | undefined): TextRun[] {
  if (look.hidden) return []
  const { stretch, position = 'baseline' } = look
  const whole = look.size ?? USUAL_SIZE
  const size = whole * MOVED[position].size
  const rise = (look.rise ?? 0) + whole * MOVED[position].rise
  const behind = [look.highlight, look.shading]
  const background = behind.find((each) => each !== undefined && each !== 'none')
  const colour =
    look.colour === undefined || look.colour === 'auto' ? inkOn(background ?? ground) : look.colour
  const run: TextRun = {
    text: look.caps ? text.toUpperCase() : text,
    font: look.font ?? 'Times New Roman',
    size,
    colour,
    bold: look.bold ?? false,
    italic: look.italic ?? false,
    underline: look.underline ?? false,
    strike: look.strike,
    position: 'baseline',
    rise,
    spacing: look.spacing,
    ...(background && { background }),
    ...(stretch !== undefined && { stretch: { x: stretch, y: 1 } }),
  }
  if (!look.smallCaps || look.caps) return [run]
  return (text.match(/\p{Ll}+|\P{Ll}+/gu) ?? ['']).map((piece) =>
    /^\p{Ll}/u.test(piece)
      ? { ...run, text: piece.toUpperCase(), size: size * SMALL }
      : { ...run, text: piece },
  )
}

function inkOn(ground: LetterColour | undefined): LetterColour {
  if (ground === undefined) return BLACK
  const light = 0.3 * ground.red + 0.59 * ground.green + 0.11 * ground.blue
  return light < DARK ? WHITE : BLACK
}

/** The fonts of a theme, by what stands for them in properties of runs. */
export function readThemeFonts(theme: Element | undefined): ThemeFonts {
  const scheme = childOf(childOf(theme, 'themeElements'), 'fontScheme')
  const fonts = new Map<string, string>()
  for (const kind of ['major', 'minor'] as const) {
    for (const [script, names] of [
      ['latin', ['Ascii', 'HAnsi']],
      ['ea', ['EastAsia']],
      ['cs', ['Bidi']],
    ] as const) {
      const font = attributeOf(childOf(childOf(scheme, `${kind}Font`), script), 'typeface')
      if (font) for (const name of names) fonts.set(`${kind}${name}`, font)
    }
  }
  return fonts
}

/** A level that an attribute has, from 0 to 8. */
export function levelOf(element: Element | undefined): number {
  return Math.min(8, Math.max(0, Math.trunc(numberOf(element, 'val') ?? 0)))
}
