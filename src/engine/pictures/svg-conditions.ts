import * as css from 'css-tree'
import { toLengthInPixels } from '../css-length.ts'
import { endOfBrackets, rewriteSheets, splitOutside } from './svg-styles.ts'
import { hasConditions } from './what-svg-has.ts'

/** What is shown: a picture on a light screen, whose sizes are in pixels. */
export interface Screen {
  readonly width: number
  readonly height: number
}

/** Rules under conditions within such rules are no deeper. */
const DEEPEST = 5

/**
 * Puts rules in the place of conditions that are true of a picture on a screen (Media Queries 5, CSS Conditional Rules 3), and leaves out
 * those whose are not; librsvg leaves out both.
 *
 * @param svg - one character a byte
 */
export function applyConditions(svg: string, screen: Screen): string {
  return rewriteSheets(svg, (sheet) => {
    let written = sheet
    for (let depth = 0; depth < DEEPEST && hasConditions(written); depth += 1) {
      const next = applyOnce(written, screen)
      if (next === written) break
      written = next
    }
    return written
  })
}

function applyOnce(sheet: string, screen: Screen): string {
  const tree = css.parse(sheet, { positions: true, parseValue: false, parseAtrulePrelude: false })
  if (tree.type !== 'StyleSheet') return sheet
  const parts: string[] = []
  let end = 0
  for (const rule of tree.children) {
    if (rule.type !== 'Atrule' || !rule.loc || !rule.block?.loc) continue
    const isTrue = judgeRule(rule, screen)
    if (isTrue === undefined) continue
    const { start, end: blockEnd } = rule.block.loc
    parts.push(sheet.slice(end, rule.loc.start.offset))
    if (isTrue) parts.push(sheet.slice(start.offset + 1, blockEnd.offset - 1))
    end = rule.loc.end.offset
  }
  return [...parts, sheet.slice(end)].join('')
}

function judgeRule({ name, prelude }: css.Atrule, screen: Screen): boolean | undefined {
  return judge(name, prelude?.type === 'Raw' ? prelude.value : '', screen)
}

/**
 * Tells whether rules under a condition count for a picture on a screen.
 *
 * @param name - what begins the condition, without its `@`
 * @returns undefined for what is no condition
 */
export function judge(name: string, condition: string, screen: Screen): boolean | undefined {
  // So XML has them where they are no brackets of its own.
  const said = condition.replaceAll('&lt;', '<').replaceAll('&gt;', '>').trim().toLowerCase()
  switch (name.toLowerCase()) {
    case 'media':
      return said === '' || splitOutside(said, ',').some((query) => isShown(query, screen))
    case 'supports':
      // Whatever it is that a browser supports, nobody has to ask today; what is to stand for it is drawn where it is not.
      return isMet(said, () => true)
    default:
      return undefined
  }
}

/** Whether a media query is true: a kind of media, conditions, or both. */
function isShown(query: string, screen: Screen): boolean {
  const [, word, type, rest = ''] =
    /^(?:(not|only)\s+)?([a-z][\w-]*)(?:\s+and\s+([^]*))?$/.exec(query.trim()) ?? []
  if (type === undefined || type === 'not') return isMet(query, (part) => hasFeature(part, screen))
  const isAll =
    (type === 'all' || type === 'screen') &&
    (rest === '' || isMet(rest, (part) => hasFeature(part, screen)))
  return word === 'not' ? !isAll : isAll
}

/**
 * Whether conditions are met that stand in brackets, with `and`, `or` or `not` between them.
 *
 * @param isTrue - of what stands in brackets, and is no condition of such conditions
 */
function isMet(condition: string, isTrue: (part: string) => boolean): boolean {
  let met = true
  let word = 'and'
  let isTurned = false
  for (let rest = condition.trim(); rest !== '';) {
    const [, next = '', function_] = /^(?:(not|and|or)\b\s*|([a-z-]*\())/.exec(rest) ?? []
    if (next !== '') {
      if (next === 'not') isTurned = true
      else word = next
      rest = rest.slice(next.length).trim()
      continue
    }
    const end = function_ && endOfBrackets(rest, function_.length)
    if (function_ === undefined || typeof end !== 'number') return false
    const part = rest.slice(function_.length, end).trim()
    const isNested = function_ === '(' && /^(?:\(|not\b)/.test(part)
    const is = (isNested ? isMet(part, isTrue) : isTrue(part)) !== isTurned
    met = word === 'or' ? met || is : met && is
    isTurned = false
    rest = rest.slice(end + 1).trim()
  }
  return met
}

/** What is true of the screen, beside its sizes. */
const FEATURES: Readonly<Record<string, string>> = {
  'prefers-color-scheme': 'light',
  'prefers-reduced-motion': 'no-preference',
  'prefers-contrast': 'no-preference',
  'prefers-reduced-transparency': 'no-preference',
  'forced-colors': 'none',
  'inverted-colors': 'none',
  scripting: 'none',
  grid: '0',
  monochrome: '0',
  color: '8',
  'color-gamut': 'srgb',
  'dynamic-range': 'standard',
}

/** Of those that are asked for without a value, what is false. */
const NOTHING: readonly string[] = ['no-preference', 'none', '0']

const COMPARISONS: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '=': (left, right) => left === right,
}

/** @returns false for what nobody knows, as browsers do */
function hasFeature(part: string, screen: Screen): boolean {
  const [first = '', ...compared] = part.split(/\s*([<>]=?|=)\s*/)
  if (compared.length > 0) return isWithin([first, ...compared], screen)
  const [name = '', value] = part.split(/\s*:\s*/)
  const [, bound = '', dimension = name] = /^(min|max)-(.+)$/.exec(name) ?? []
  const size = sizeOf(dimension, screen)
  if (size !== undefined) {
    const wanted = value === undefined ? undefined : toNumber(value)
    if (wanted === undefined) return value === undefined && size > 0
    return COMPARISONS[BOUNDS[bound] ?? '=']?.(size, wanted) === true
  }
  const isTall = screen.height >= screen.width
  const said = name === 'orientation' ? (isTall ? 'portrait' : 'landscape') : FEATURES[name]
  if (said === undefined) return false
  return value === undefined ? !NOTHING.includes(said) : value === said
}

const BOUNDS: Readonly<Record<string, string>> = { min: '>=', max: '<=' }

/** @param parts - values and names of sizes, with comparisons between them */
function isWithin(parts: readonly string[], screen: Screen): boolean {
  const values = parts.filter((_, index) => index % 2 === 0)
  const numbers = values.map((each) => sizeOf(each, screen) ?? toNumber(each))
  return numbers.slice(1).every((right, index) => {
    const left = numbers[index]
    if (left === undefined || right === undefined) return false
    return COMPARISONS[parts[2 * index + 1] ?? '']?.(left, right) === true
  })
}

function sizeOf(dimension: string, { width, height }: Screen): number | undefined {
  const sizes: Readonly<Record<string, number>> = {
    width,
    height,
    'device-width': width,
    'device-height': height,
    'aspect-ratio': width / height,
    resolution: 1,
  }
  return sizes[dimension.trim()]
}

/** Dots a pixel, of the units that resolutions have. */
const RESOLUTIONS: Readonly<Record<string, number>> = { dppx: 1, x: 1, dpi: 1 / 96 }

function toNumber(value: string): number | undefined {
  const [, over, under] = /^([\d.]+)\s*\/\s*([\d.]+)$/.exec(value.trim()) ?? []
  if (over !== undefined) return Number(over) / Number(under)
  const [, dots, unit = ''] = /^([\d.]+)(dppx|x|dpi)$/.exec(value.trim()) ?? []
  if (dots !== undefined) return Number(dots) * (RESOLUTIONS[unit] ?? 1)
  return toLengthInPixels(value.replace(/rem$/, 'em'))
}
