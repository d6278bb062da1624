import { attributeOf, type Element } from '../../element.ts'
import { numberOf, shareOf, toDegrees } from '../drawing-values.ts'
import { type Colour, fromHex, fromHsl, fromLight, type Hsl, toHsl, toLight } from './colour.ts'

/** What colours are called after: those of a theme under the names that a slide has for them. */
export interface Palette {
  /** The colour of a name such as `accent1` or `tx1`; undefined when there is none. */
  readonly colourOf: (name: string) => Colour | undefined
  /** What a theme leaves open, which whoever uses its style says. */
  readonly placeholder?: Colour | undefined
}

/** Names of colours that programs write; what else there is in HTML, no office does. */
const NAMED: Readonly<Record<string, string>> = {
  black: '000000',
  white: 'ffffff',
  red: 'ff0000',
  green: '008000',
  lime: '00ff00',
  blue: '0000ff',
  yellow: 'ffff00',
  cyan: '00ffff',
  aqua: '00ffff',
  magenta: 'ff00ff',
  fuchsia: 'ff00ff',
  gray: '808080',
  grey: '808080',
  dkGray: 'a9a9a9',
  ltGray: 'd3d3d3',
  silver: 'c0c0c0',
  maroon: '800000',
  olive: '808000',
  navy: '000080',
  purple: '800080',
  teal: '008080',
  orange: 'ffa500',
  pink: 'ffc0cb',
  brown: 'a52a2a',
  gold: 'ffd700',
  dkBlue: '00008b',
  ltBlue: 'add8e6',
  dkGreen: '006400',
  ltGreen: '90ee90',
  dkRed: '8b0000',
}

/** What windows of a system are coloured, where a file does not say what they were. */
const OF_SYSTEM: Readonly<Record<string, string>> = { window: 'ffffff', windowText: '000000' }

/** Reads the first colour that is right within an element; undefined when there is none. */
export function findColour(element: Element | undefined, palette: Palette): Colour | undefined {
  for (const child of element?.children ?? []) {
    const colour = readColour(child, palette)
    if (colour !== undefined) return colour
  }
  return undefined
}

/** Reads an element that is a colour (ECMA-376, part 1, 20.1.2.3); undefined when it is none. */
export function readColour(element: Element, palette: Palette): Colour | undefined {
  const base = readBase(element, palette)
  return base && element.children.reduce(change, base)
}

function readBase(element: Element, palette: Palette): Colour | undefined {
  const value = attributeOf(element, 'val') ?? ''
  switch (element.name) {
    case 'srgbClr':
      return fromHex(value)
    case 'schemeClr':
      return value === 'phClr' ? palette.placeholder : palette.colourOf(value)
    case 'sysClr':
      return fromHex(attributeOf(element, 'lastClr') ?? OF_SYSTEM[value] ?? '')
    case 'prstClr':
      return fromHex(NAMED[value] ?? '')
    case 'scrgbClr': {
      const [red, green, blue] = ['r', 'g', 'b'].map((name) =>
        fromLight(shareOf(element, name) ?? 0),
      )
      return { red: red ?? 0, green: green ?? 0, blue: blue ?? 0, alpha: 1 }
    }
    case 'hslClr':
      return fromHsl(
        {
          hue: toDegrees(attributeOf(element, 'hue')),
          saturation: shareOf(element, 'sat') ?? 0,
          luminance: shareOf(element, 'lum') ?? 0,
        },
        1,
      )
    default:
      return undefined
  }
}

/** Changes a colour by what is within it (ECMA-376, part 1, 20.1.2.3.1 and following). */
function change(colour: Colour, element: Element): Colour {
  const share = shareOf(element, 'val') ?? 1
  const { alpha } = colour
  const withHsl = (changed: (hsl: Hsl) => Partial<Hsl>): Colour => {
    const hsl = toHsl(colour)
    return fromHsl({ ...hsl, ...changed(hsl) }, alpha)
  }
  const withLight = (changed: (light: number) => number): Colour => ({
    red: fromLight(changed(toLight(colour.red))),
    green: fromLight(changed(toLight(colour.green))),
    blue: fromLight(changed(toLight(colour.blue))),
    alpha,
  })
  switch (element.name) {
    case 'alpha':
      return { ...colour, alpha: within(share) }
    case 'alphaMod':
      return { ...colour, alpha: within(alpha * share) }
    case 'alphaOff':
      return { ...colour, alpha: within(alpha + share) }
    case 'lumMod':
      return withHsl(({ luminance }) => ({ luminance: within(luminance * share) }))
    case 'lumOff':
      return withHsl(({ luminance }) => ({ luminance: within(luminance + share) }))
    case 'lum':
      return withHsl(() => ({ luminance: share }))
    case 'satMod':
      return withHsl(({ saturation }) => ({ saturation: within(saturation * share) }))
    case 'satOff':
      return withHsl(({ saturation }) => ({ saturation: within(saturation + share) }))
    case 'sat':
      return withHsl(() => ({ saturation: share }))
    case 'hueMod':
      return withHsl(({ hue }) => ({ hue: (hue * share) % 360 }))
    case 'hueOff':
      return withHsl(({ hue }) => ({
        hue: (hue + (numberOf(element, 'val') ?? 0) / 60_000 + 360) % 360,
      }))
    case 'shade':
      return withLight((light) => light * share)
    case 'tint':
      return withLight((light) => light * share + 1 - share)
    case 'inv':
      return withLight((light) => 1 - light)
    case 'comp':
      return withHsl(({ hue }) => ({ hue: (hue + 180) % 360 }))
    case 'gray': {
      const light = fromLight(
        0.2126 * toLight(colour.red) +
          0.7152 * toLight(colour.green) +
          0.0722 * toLight(colour.blue),
      )
      return { red: light, green: light, blue: light, alpha }
    }
    default:
      return colour
  }
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share))
}
