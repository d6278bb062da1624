import { COLOUR_NAMES } from '../../base/colour-names.ts'
import { readCssNumber } from './css-number.ts'
import { encodeLight } from './meaning/to-srgb.ts'
import { reckonLengths } from './svg-lengths.ts'

/** Three numbers of a colour in a way to write it. */
export type Triple = readonly [number, number, number]

/** The light of a colour in sRGB, and how much it covers, of which 1 is all. */
export interface Colour {
  readonly light: Triple
  readonly alpha: number
}

/** A way to write colours: what all of each number is in per cent, and the light of it in sRGB. */
interface ColourSpace {
  readonly whole: Triple
  readonly toLight: (numbers: Triple) => Triple
}

/** By their names, and for `color()` by those of spaces (CSS Color 4, sections 5 to 10). */
const SPACES: Readonly<Record<string, ColourSpace>> = {
  rgb: { whole: [255, 255, 255], toLight: mapEach((value) => lightOfSrgb(value / 255)) },
  hsl: { whole: [360, 100, 100], toLight: lightOfHsl },
  hwb: { whole: [360, 100, 100], toLight: lightOfHwb },
  lab: { whole: [100, 125, 125], toLight: lightOfLab },
  lch: { whole: [100, 150, 360], toLight: (lch) => lightOfLab(fromPolar(lch)) },
  oklab: { whole: [1, 0.4, 0.4], toLight: lightOfOklab },
  oklch: { whole: [1, 0.4, 360], toLight: (lch) => lightOfOklab(fromPolar(lch)) },
  srgb: { whole: [1, 1, 1], toLight: mapEach(lightOfSrgb) },
  'srgb-linear': { whole: [1, 1, 1], toLight: (light) => light },
  'display-p3': { whole: [1, 1, 1], toLight: (p3) => lightOfP3(mapEach(lightOfSrgb)(p3)) },
}

/** Those that `color()` names. */
const NAMED: ReadonlySet<string> = new Set(['srgb', 'srgb-linear', 'display-p3'])

/** How a function writes the parts of a colour that another is made of (CSS Color 5, section 4), and what its numbers are times. */
const PARTS: Readonly<
  Record<string, { readonly names: string; readonly space: string; readonly times?: number }>
> = {
  rgb: { names: 'rgb', space: 'srgb', times: 255 },
  hsl: { names: 'hsl', space: 'hsl' },
  lab: { names: 'lab', space: 'lab' },
  lch: { names: 'lch', space: 'lch' },
  oklab: { names: 'lab', space: 'oklab' },
  oklch: { names: 'lch', space: 'oklch' },
  srgb: { names: 'rgb', space: 'srgb' },
  'srgb-linear': { names: 'rgb', space: 'srgb-linear' },
}

/**
 * Reads a colour that is made of the parts of another.
 *
 * @param key - the function, or the space that `color()` names
 * @param rest - what stands behind the colour that it is made of
 */
export function readRelative(key: string, from: Colour, rest: string): Colour | undefined {
  const parts = PARTS[key]
  const mixing = parts && MIXINGS[parts.space]
  if (parts === undefined || mixing === undefined) return undefined
  const { names, times = 1 } = parts
  const numbers = mixing.from(from.light).map((value) => (Number.isNaN(value) ? 0 : value * times))
  const values: Readonly<Record<string, number>> = {
    alpha: from.alpha,
    ...Object.fromEntries(names.split('').map((name, index) => [name, numbers[index] ?? 0])),
  }
  const [colour = '', alpha = 'alpha'] = rest.split('/')
  const told = `${colour}/${alpha}`.replaceAll(
    /(?<![\w-])[a-z]+(?![\w(-])/g,
    (name) => values[name]?.toFixed(6) ?? name,
  )
  const written = reckonLengths(told)
  return NAMED.has(key) ? readFunction('color', `${key} ${written}`) : readFunction(key, written)
}

/** Reads a colour of CSS that stands for itself; undefined when it is none. */
export function readColour(text: string): Colour | undefined {
  const word = text.trim().toLowerCase()
  if (word === 'transparent') return { light: [0, 0, 0], alpha: 0 }
  const hex = (COLOUR_NAMES[word] ?? word).slice(1)
  if (
    /^#?[\da-f]+$/.test(COLOUR_NAMES[word] ?? word) &&
    (COLOUR_NAMES[word] ?? word).startsWith('#')
  )
    return readHex(hex)
  const [, name = '', content = ''] = /^([a-z]+)\(([^()]*)\)$/.exec(word) ?? []
  return readFunction(name, content)
}

function readHex(hex: string): Colour | undefined {
  const digits = hex.length < 5 ? hex.replaceAll(/./g, '$&$&') : hex
  if (digits.length !== 6 && digits.length !== 8) return undefined
  const [red = 0, green = 0, blue = 0, alpha = 255] = (digits.match(/../g) ?? []).map((pair) =>
    Number.parseInt(pair, 16),
  )
  return {
    light: mapEach((value) => lightOfSrgb(value / 255))([red, green, blue]),
    alpha: alpha / 255,
  }
}

/**
 * Reads a colour by the function that writes it.
 *
 * @param content - what stands in its brackets
 */
export function readFunction(name: string, content: string): Colour | undefined {
  const [, named = '', others = content] =
    name === 'color' ? (/^\s*([\w-]+)\s([^]*)$/.exec(content) ?? []) : []
  const key =
    name === 'color' ? named.toLowerCase() : name.toLowerCase().replace(/^(rgb|hsl)a$/, '$1')
  const space = (name === 'color') === NAMED.has(key) ? SPACES[key] : undefined
  return space && readNumbers(others, space)
}

function readNumbers(content: string, { whole, toLight }: ColourSpace): Colour | undefined {
  const isOld = content.includes(',')
  const [colour = '', after = '1', ...rest] = content.split('/')
  const words = colour.trim().split(isOld ? /\s*,\s*/ : /\s+/)
  const alpha = isOld ? (words[3] ?? '1') : after.trim()
  const [first, second, third] = words.map((word, index) => readPart(word, whole[index] ?? 1))
  const isWhole = (words.length === 3 || (isOld && words.length === 4)) && rest.length === 0
  const covers = readPart(alpha, 1)
  if (!isWhole || first === undefined || second === undefined || third === undefined)
    return undefined
  if (covers === undefined) return undefined
  return { light: toLight([first, second, third]), alpha: Math.min(1, Math.max(0, covers)) }
}

/** Writes a colour as everybody reads it: what sRGB does not have becomes its nearest sample by sample, as in browsers. */
export function printColour({ light, alpha }: Colour): string {
  return `rgba(${[...light.map(encodeLight), Number(alpha.toFixed(4))].join()})`
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

function toPolar([lightness, a, b]: Triple): Triple {
  return [lightness, Math.hypot(a, b), (Math.atan2(b, a) * 180) / Math.PI]
}

/** Hue in degrees, and saturation and lightness in per cent. */
function lightOfHsl([hue, saturation, lightness]: Triple): Triple {
  const [s, l] = [Math.max(0, saturation) / 100, lightness / 100]
  const at = (n: number): number => {
    const k = (((n + hue / 30) % 12) + 12) % 12
    return l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1))
  }
  return mapEach(lightOfSrgb)([at(0), at(8), at(4)])
}

/** Hue in degrees, and how much of white and black is in it in per cent. */
function lightOfHwb([hue, whiteness, blackness]: Triple): Triple {
  const [white, black] = [whiteness / 100, blackness / 100]
  if (white + black >= 1) {
    const grey = lightOfSrgb(white / (white + black))
    return [grey, grey, grey]
  }
  const pure = mapEach(srgbOfLight)(lightOfHsl([hue, 100, 50]))
  return mapEach((value) => lightOfSrgb(value * (1 - white - black) + white))(pure)
}

function hslOfLight(light: Triple): Triple {
  const [red, green, blue] = mapEach(srgbOfLight)(light)
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)]
  const [range, lightness] = [most - least, (most + least) / 2]
  if (range === 0) return [Number.NaN, 0, 100 * lightness]
  const hue =
    most === red
      ? (green - blue) / range
      : most === green
        ? (blue - red) / range + 2
        : (red - green) / range + 4
  return [60 * hue, (100 * range) / (1 - Math.abs(2 * lightness - 1)), 100 * lightness]
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

function labOfLight([red, green, blue]: Triple): Triple {
  const [x, y, z] = mapEach(fold)([
    (0.4360747 * red + 0.3850649 * green + 0.1430804 * blue) / 0.96422,
    0.2225045 * red + 0.7168786 * green + 0.0606169 * blue,
    (0.0139322 * red + 0.0971045 * green + 0.7141733 * blue) / 0.82521,
  ])
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

function unfold(value: number): number {
  return value > 6 / 29 ? value ** 3 : (value - 4 / 29) * 3 * (6 / 29) ** 2
}

function fold(value: number): number {
  return value > (6 / 29) ** 3 ? Math.cbrt(value) : value / (3 * (6 / 29) ** 2) + 4 / 29
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

function oklabOfLight([red, green, blue]: Triple): Triple {
  const [l, m, s] = mapEach(Math.cbrt)([
    0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
    0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
    0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
  ])
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function lightOfSrgb(value: number): number {
  const size = Math.abs(value)
  return Math.sign(value) * (size > 0.04045 ? ((size + 0.055) / 1.055) ** 2.4 : size / 12.92)
}

function srgbOfLight(value: number): number {
  const size = Math.abs(value)
  return Math.sign(value) * (size > 0.003_130_8 ? 1.055 * size ** (1 / 2.4) - 0.055 : size * 12.92)
}

function lightOfP3([red, green, blue]: Triple): Triple {
  return [
    1.2249401763 * red - 0.2249401763 * green,
    -0.0420569547 * red + 1.0420569547 * green,
    -0.0196375546 * red - 0.0786360454 * green + 1.0982736 * blue,
  ]
}

/** A way to mix colours: there and back, and which of the numbers is a direction in degrees. */
interface Mixing {
  readonly from: (light: Triple) => Triple
  readonly to: (numbers: Triple) => Triple
  readonly hue?: 0 | 2
}

const LIGHT: Mixing = { from: (light) => light, to: (light) => light }

/** By the names of spaces (CSS Color 4, section 12); those that are linear in light mix alike. */
const MIXINGS: Readonly<Record<string, Mixing>> = {
  srgb: { from: mapEach(srgbOfLight), to: mapEach(lightOfSrgb) },
  'srgb-linear': LIGHT,
  xyz: LIGHT,
  'xyz-d65': LIGHT,
  lab: { from: labOfLight, to: lightOfLab },
  oklab: { from: oklabOfLight, to: lightOfOklab },
  lch: {
    from: (light) => toPolar(labOfLight(light)),
    to: SPACES['lch']?.toLight ?? lightOfLab,
    hue: 2,
  },
  oklch: {
    from: (light) => toPolar(oklabOfLight(light)),
    to: (lch) => lightOfOklab(fromPolar(lch)),
    hue: 2,
  },
  hsl: { from: hslOfLight, to: lightOfHsl, hue: 0 },
}

/** What is left of a direction where there is hardly any colour. */
const COLOURLESS = 1e-4

/**
 * Mixes two colours, each as much as it covers.
 *
 * @param share - how much of the other there is, of which 1 is all
 * @returns undefined when there is no such space
 */
export function mixColours(
  space: string,
  [one, other]: readonly [Colour, Colour],
  share: number,
): Colour | undefined {
  const mixing = MIXINGS[space]
  if (mixing === undefined) return undefined
  const { hue } = mixing
  const [first, last] = [mixing.from(one.light), mixing.from(other.light)]
  const alpha = one.alpha * (1 - share) + other.alpha * share
  const mixed = [0, 1, 2].map((index) => {
    const [from = 0, to = 0] = [first[index], last[index]]
    if (index === hue) return mixHues(from, to, { share, chromas: [first[1], last[1]] })
    const sum = from * one.alpha * (1 - share) + to * other.alpha * share
    return alpha === 0 ? 0 : sum / alpha
  })
  const [a = 0, b = 0, c = 0] = mixed
  return { light: mixing.to([a, b, c]), alpha }
}

/** The shorter way around; a colour without a direction has that of the other. */
function mixHues(
  from: number,
  to: number,
  {
    share,
    chromas: [first, last],
  }: { readonly share: number; readonly chromas: readonly [number, number] },
): number {
  if (first < COLOURLESS) return last < COLOURLESS ? 0 : to
  if (last < COLOURLESS) return from
  const way = ((((to - from) % 360) + 540) % 360) - 180
  return from + way * share
}
