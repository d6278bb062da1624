import { readCssNumber } from './css-number.ts'
import { encodeLight } from './meaning/to-srgb.ts'
import { splitOutside } from './svg-styles.ts'

/** Three numbers of a colour in a way to write it. */
type Triple = readonly [number, number, number]

/** How a function of CSS writes a colour: what all of each number is in per cent, and the light of it in sRGB. */
interface ColourFunction {
  readonly whole: Triple
  readonly toLight: (numbers: Triple) => Triple
}

/** By their names, and for `color()` by those of spaces (CSS Color 4, sections 9 to 10). */
const FUNCTIONS: Readonly<Record<string, ColourFunction>> = {
  lab: { whole: [100, 125, 125], toLight: lightOfLab },
  lch: { whole: [100, 150, 360], toLight: (lch) => lightOfLab(fromPolar(lch)) },
  oklab: { whole: [1, 0.4, 0.4], toLight: lightOfOklab },
  oklch: { whole: [1, 0.4, 360], toLight: (lch) => lightOfOklab(fromPolar(lch)) },
  srgb: { whole: [1, 1, 1], toLight: mapEach(lightOfSrgb) },
  'srgb-linear': { whole: [1, 1, 1], toLight: (light) => light },
  'display-p3': { whole: [1, 1, 1], toLight: (p3) => lightOfP3(mapEach(lightOfSrgb)(p3)) },
}

const PATTERN =
  /\b(?:(lab|lch|oklab|oklch)\(|color\(\s*(srgb|srgb-linear|display-p3)\s)([^()]*)\)/gi

/** Two colours, in which there may be functions. */
const LIGHT_DARK = /(?<![\w-])light-dark\(\s*((?:[^()]|\([^()]*\))*)\)/gi

/**
 * Writes colours as librsvg reads them, of which it takes those of CSS Color 4 for black: what sRGB does not have becomes its
 * nearest sample by sample, as in browsers.
 */
export function toKnownColours(svg: string): string {
  return pickLight(svg).replaceAll(
    PATTERN,
    (whole, name?: string, space?: string, content = '') => {
      const known = FUNCTIONS[(name ?? space ?? '').toLowerCase()]
      return (known && rewrite(known, content)) ?? whole
    },
  )
}

/** Puts the colour for a light screen, which pictures are shown on, in the place of two, of which librsvg takes none. */
function pickLight(svg: string): string {
  return svg.replaceAll(LIGHT_DARK, (_, colours: string) => splitOutside(colours, ',')[0] ?? '')
}

/** @returns undefined when it is no colour */
function rewrite({ whole, toLight }: ColourFunction, content: string): string | undefined {
  const [colour = '', alpha = '1', ...rest] = content.split('/')
  const words = colour.trim().split(/\s+/)
  const [first, second, third] = words.map((word, index) => readPart(word, whole[index] ?? 1))
  const covers = readPart(alpha.trim(), 1)
  const isWhole = words.length === 3 && rest.length === 0
  if (!isWhole || first === undefined || second === undefined || third === undefined)
    return undefined
  if (covers === undefined) return undefined
  return `rgba(${[...toLight([first, second, third]).map(encodeLight), covers].join()})`
}

function readPart(word: string, whole: number): number | undefined {
  return word.toLowerCase() === 'none' ? 0 : readCssNumber(word, whole)
}

function mapEach(turn: (value: number) => number): (numbers: Triple) => Triple {
  return ([first, second, third]) => [turn(first), turn(second), turn(third)]
}

/** Colourfulness and its direction in degrees as two coordinates. */
function fromPolar([lightness, chroma, hue]: Triple): Triple {
  const angle = (hue * Math.PI) / 180
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)]
}

/** CIE L*a*b* under D50. */
function lightOfLab([lightness, a, b]: Triple): Triple {
  const y = (lightness + 16) / 116
  const [x3, y3, z3] = mapEach(unfold)([y + a / 500, y, y - b / 200])
  const [x, z] = [0.96422 * x3, 0.82521 * z3]
  return [
    3.1338561 * x - 1.6168667 * y3 - 0.4906146 * z,
    -0.9787684 * x + 1.9161415 * y3 + 0.033454 * z,
    0.0719453 * x - 0.2289914 * y3 + 1.4052427 * z,
  ]
}

function unfold(value: number): number {
  return value > 6 / 29 ? value ** 3 : (value - 4 / 29) * 3 * (6 / 29) ** 2
}

/** Oklab of Björn Ottosson. */
function lightOfOklab([lightness, a, b]: Triple): Triple {
  const [l, m, s] = mapEach((value) => value ** 3)([
    lightness + 0.3963377774 * a + 0.2158037573 * b,
    lightness - 0.1055613458 * a - 0.0638541728 * b,
    lightness - 0.0894841775 * a - 1.291485548 * b,
  ])
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function lightOfSrgb(value: number): number {
  const size = Math.abs(value)
  return Math.sign(value) * (size > 0.04045 ? ((size + 0.055) / 1.055) ** 2.4 : size / 12.92)
}

function lightOfP3([red, green, blue]: Triple): Triple {
  return [
    1.2249401763 * red - 0.2249401763 * green,
    -0.0420569547 * red + 1.0420569547 * green,
    -0.0196375546 * red - 0.0786360454 * green + 1.0982736 * blue,
  ]
}
