import { attributeOf, childOf, childrenOf, type Element } from '../element.ts'
import type { Colour } from './colours/colour.ts'
import { pointsOf, shareOf } from './drawing-values.ts'
import { type FillContext, findFill } from './fills.ts'

/** What a line ends with. */
export interface LineEnd {
  readonly kind: 'triangle' | 'arrow' | 'stealth' | 'diamond' | 'oval'
  /** In widths of the line. */
  readonly width: number
  readonly length: number
}

/** How a line is drawn. */
export interface Outline {
  readonly colour: Colour
  /** In points. */
  readonly width: number
  /** How long dashes and the gaps behind them are, in points, in turns; none for a line without gaps. */
  readonly dashes: readonly number[]
  readonly cap: 'butt' | 'round' | 'square'
  readonly join: 'miter' | 'round' | 'bevel'
  readonly head: LineEnd | undefined
  readonly tail: LineEnd | undefined
}

const DEFAULT_WIDTH = 0.75

/** The thinnest line that is drawn, in points: one of 0 is as thin as can be seen. */
const THINNEST = 0.25

/** Dashes and gaps in widths of the line (ECMA-376, part 1, 20.1.10.48). */
const DASHES: Readonly<Record<string, readonly number[]>> = {
  dot: [1, 3],
  sysDot: [1, 1],
  dash: [4, 3],
  sysDash: [3, 1],
  lgDash: [8, 3],
  dashDot: [4, 3, 1, 3],
  sysDashDot: [3, 1, 1, 1],
  lgDashDot: [8, 3, 1, 3],
  lgDashDotDot: [8, 3, 1, 3, 1, 3],
  sysDashDotDot: [3, 1, 1, 1, 1, 1],
}

/** More dashes than anybody writes. */
const MOST_DASHES = 20

const END_SIZES: Readonly<Record<string, number>> = { sm: 2, med: 3, lg: 5 }

const END_KINDS: ReadonlySet<string> = new Set(['triangle', 'arrow', 'stealth', 'diamond', 'oval'])

/**
 * Reads how a line is drawn, of what says so, the first that has an answer being right: a shape itself, then its style.
 *
 * @returns undefined when there is none
 */
export function readOutline(
  sources: readonly (readonly [line: Element, context: FillContext])[],
): Outline | undefined {
  const lines = sources.map(([line]) => line)
  const first = <T>(read: (line: Element) => T | undefined): T | undefined => {
    for (const line of lines) {
      const found = read(line)
      if (found !== undefined) return found
    }
    return undefined
  }
  const colour = colourOf(sources)
  if (colour === undefined) return undefined
  const width = Math.max(THINNEST, first((line) => pointsOf(line, 'w')) ?? DEFAULT_WIDTH)
  const cap = first((line) => attributeOf(line, 'cap'))
  return {
    colour,
    width,
    dashes: (first(dashesOf) ?? []).map((share) => share * width),
    cap: cap === 'rnd' ? 'round' : cap === 'sq' ? 'square' : 'butt',
    join: first(joinOf) ?? 'round',
    head: first((line) => childOf(line, 'headEnd') && [endOf(childOf(line, 'headEnd'))])?.[0],
    tail: first((line) => childOf(line, 'tailEnd') && [endOf(childOf(line, 'tailEnd'))])?.[0],
  }
}

function colourOf(
  sources: readonly (readonly [line: Element, context: FillContext])[],
): Colour | undefined {
  for (const [line, context] of sources) {
    const fill = findFill(line, context)
    if (fill === undefined) continue
    if (fill.kind === 'colour') return fill.colour
    if (fill.kind === 'gradient') return fill.stops[0]?.colour
    return undefined
  }
  return undefined
}

function dashesOf(line: Element): readonly number[] | undefined {
  const preset = childOf(line, 'prstDash')
  if (preset !== undefined) return DASHES[attributeOf(preset, 'val') ?? ''] ?? []
  const own = childOf(line, 'custDash')
  if (own === undefined) return undefined
  const dashes = childrenOf(own, 'ds').slice(0, MOST_DASHES)
  return dashes.flatMap((dash) =>
    [shareOf(dash, 'd'), shareOf(dash, 'sp')].map((share) =>
      Math.min(1000, Math.max(0.1, share ?? 1)),
    ),
  )
}

function joinOf(line: Element): Outline['join'] | undefined {
  if (childOf(line, 'round') !== undefined) return 'round'
  if (childOf(line, 'bevel') !== undefined) return 'bevel'
  return childOf(line, 'miter') && 'miter'
}

function endOf(element: Element | undefined): LineEnd | undefined {
  const kind = attributeOf(element, 'type') ?? 'none'
  if (!isEndKind(kind)) return undefined
  return {
    kind,
    width: END_SIZES[attributeOf(element, 'w') ?? ''] ?? 3,
    length: END_SIZES[attributeOf(element, 'len') ?? ''] ?? 3,
  }
}

function isEndKind(kind: string): kind is LineEnd['kind'] {
  return END_KINDS.has(kind)
}
