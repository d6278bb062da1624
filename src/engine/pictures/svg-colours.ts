import {
  type Colour,
  mixColours,
  printColour,
  readColour,
  readFunction,
  readRelative,
} from './css-colour.ts'
import { readCssNumber } from './css-number.ts'
import { splitOutside } from './svg-styles.ts'

/** Functions that librsvg takes for black. */
const PATTERN = /\b(lab|lch|oklab|oklch|color)\(([^()]*)\)/gi

/** Two colours, in which there may be functions. */
const LIGHT_DARK = /(?<![\w-])light-dark\(\s*((?:[^()]|\([^()]*\))*)\)/gi

/** Two colours that are mixed, in which there may be functions but no such mix. */
const MIX = /(?<![\w-])color-mix\(((?:[^()]|(?<!color-mix)\((?:[^()]|\([^()]*\))*\))*)\)/gi

/** A colour that is made of the parts of another. */
const RELATIVE =
  /(?<![\w-])(rgba?|hsla?|lab|lch|oklab|oklch|color)\(\s*from\s+((?:[a-z-]+\([^()]*\)|[^\s()]+))\s+((?:[^()]|\([^()]*\))*)\)/gi

/** Mixes of mixes are no deeper. */
const DEEPEST = 4

/**
 * Writes colours as librsvg reads them, of which it takes those of CSS Color 4 and 5 for black: what sRGB does not have becomes its
 * nearest sample by sample, as in browsers.
 */
export function toKnownColours(svg: string): string {
  return mixAll(pickLight(svg)).replaceAll(PATTERN, (whole, name: string, content: string) => {
    const colour = readFunction(name.toLowerCase(), content)
    return colour === undefined ? whole : printColour(colour)
  })
}

/** Puts the colour for a light screen, which pictures are shown on, in the place of two, of which librsvg takes none. */
function pickLight(svg: string): string {
  return svg.replaceAll(LIGHT_DARK, (_, colours: string) => splitOutside(colours, ',')[0] ?? '')
}

function mixAll(svg: string): string {
  let mixed = svg
  for (let depth = 0; depth < DEEPEST && /color-mix\(|\(\s*from\s/.test(mixed); depth += 1) {
    const next = mixed
      .replaceAll(
        RELATIVE,
        (whole, name: string, colour: string, rest: string) => remake(name, colour, rest) ?? whole,
      )
      .replaceAll(MIX, (whole, content: string) => mix(content) ?? whole)
    if (next === mixed) break
    mixed = next
  }
  return mixed
}

function remake(name: string, colour: string, rest: string): string | undefined {
  const from = readColour(colour)
  const [, space = '', parts = rest] =
    name.toLowerCase() === 'color' ? (/^([\w-]+)\s+([^]*)$/.exec(rest) ?? []) : []
  const key = space === '' ? name.toLowerCase().replace(/a$/, '') : space.toLowerCase()
  const made = from && readRelative(key, from, parts)
  return made && printColour(made)
}

/** What comes of a mix (CSS Color 5, section 3); undefined when it is none, or of a colour that nobody knows here. */
function mix(content: string): string | undefined {
  const parts = splitOutside(content, ',').map((part) => part.trim())
  const space = /^in\s+([\w-]+)$/i.exec(parts[0] ?? '')?.[1]
  const [one, other] = parts.slice(space === undefined ? 0 : 1).map(readPart)
  if (one?.colour === undefined || other?.colour === undefined) return undefined
  const first = one.share ?? (other.share === undefined ? 0.5 : 1 - other.share)
  const last = other.share ?? 1 - first
  const sum = first + last
  if (sum === 0) return undefined
  const mixed = mixColours((space ?? 'oklab').toLowerCase(), [one.colour, other.colour], last / sum)
  return mixed && printColour({ ...mixed, alpha: mixed.alpha * Math.min(1, sum) })
}

/** A colour, and how much of it there is where that is told. */
function readPart(part: string): {
  readonly colour: Colour | undefined
  readonly share: number | undefined
} {
  const [, before, colour = '', after] =
    /^(?:([\d.]+%)\s+)?([^]*?)(?:\s+([\d.]+%))?$/.exec(part) ?? []
  const share = before ?? after
  return {
    colour: readColour(colour),
    share: share === undefined ? undefined : readCssNumber(share, 1),
  }
}
