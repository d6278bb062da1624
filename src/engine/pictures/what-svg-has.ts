import { readCssNumber } from './css-number.ts'
import { findSheets } from './svg-styles.ts'

/** Whether there are variables of CSS in a drawing or a value, in whose place values are to be put. */
export function hasVariables(css: string): boolean {
  return /var\(\s*--/.test(css)
}

/** Whether rules in a drawing count under conditions, which are to be judged. */
export function hasConditions(css: string): boolean {
  return /@(?:media|supports)\b/i.test(css)
}

const EMBEDDED = /@font-face\s*\{[^}]*url\(\s*(?:["']|&quot;)?data:/i

const PLACED =
  /<(?:[\w.-]+:)?(?:text|tspan)\s(?:[^>]*?\s)?d?[xy]\s*=\s*["']\s*[-+.\d][^\s,"']*[\s,]+[-+.\d]/

/** Whether a drawing has texts whose letters have places of their own. */
export function hasPlacedLetters(svg: string): boolean {
  return PLACED.test(svg)
}

/** Whether a drawing has fonts in it. */
export function hasEmbeddedFonts(svg: string): boolean {
  return EMBEDDED.test(svg)
}

/** Texts along paths, as long as they are told to be, or with letters that are turned. */
const LAID = /<(?:[\w.-]+:)?(?:textPath\s|text\s[^<>]*\s(?:textLength|rotate)\s*=)/

/** Whether a drawing has texts whose letters have to be laid out. */
export function hasLaidTexts(svg: string): boolean {
  return LAID.test(svg)
}

/** What of CSS only newer renderers understand, and what librsvg draws in another way than they do. */
const NEWER: readonly RegExp[] = [
  /@layer\b/,
  /:(?:is|where|not|has)\(/,
  /\btransform-(?:origin|box)\s*[:=]/,
  /[;{"']\s*(?:rotate|scale|translate)\s*:/,
  /\btransform\s*:[^;"'}]{0,500}(?:%|calc\()/,
  /\btext-transform\s*[:=]/,
  /<(?:[\w.-]+:)?style\s[^<>]*\b(?:media|type)\s*=\s*["'](?!\s*(?:text\/css|all|screen)?\s*["'])/,
  /(?:<(?:[\w.-]+:)?svg\s[^<>]*?style\s*=\s*["'][^"'>]*|(?:svg|:root)\s*\{[^{}]*)\btransform\s*:/,
  /[{;\s"']d\s*:\s*path\(/,
  /clip-path\s*[:=]\s*["']?\s*(?:[a-z]+-box\s+)?(?:polygon|circle|ellipse|inset|path|rect|xywh)\(/,
  /\spathLength\s*=/,
  /color-interpolation\s*[=:]\s*["']?\s*linearRGB/,
  /\sspreadMethod\s*=\s*["'](?:repeat|reflect)/,
  /:\s*(?:calc|min|max|clamp)\([^;}"']{0,500}%/,
  /(?:color-mix\([^;]{0,200}?|\bfrom\s+)\bcurrentcolor\b/i,
]

const GRADIENT = /<(?:[\w.-]+:)?(linear|radial)Gradient\s([^<>]*)/g

/** Whether a drawing has a gradient from a place to itself, or one around nothing. */
function hasPoint(svg: string): boolean {
  return [...svg.matchAll(GRADIENT)].some(([, kind, attributes = '']) => {
    const told = (name: string, usual: number): number => {
      const [, text] = new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']([^"']*)`).exec(attributes) ?? []
      return text === undefined
        ? usual
        : (readCssNumber(text.trim().replace(/px$/, ''), 1) ?? Number.NaN)
    }
    if (kind === 'radial') return told('r', 1) === 0
    return told('x1', 0) === told('x2', 1) && told('y1', 0) === told('y2', 0)
  })
}

/** What looks like a rule within a rule and is none: the steps of animations. */
const ANIMATIONS = /@(?:-\w+-)?keyframes\b[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/gi

/** Whether a drawing has rules within rules. */
function hasNestedRules(svg: string): boolean {
  return findSheets(svg).some((sheet) => {
    const plain = sheet.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(ANIMATIONS, '')
    return /\{[^{}]*\{/.test(plain)
  })
}

/** Whether a drawing has elements that are drawn again or within others, and CSS with places or sizes that may be theirs. */
function hasPlaces(svg: string): boolean {
  return (
    /[{;"'\s](?:[xy]|width|height)\s*:\s*[\d.]/.test(svg) &&
    /<(?:[\w.-]+:)?(?:use|symbol)\s|<(?:[\w.-]+:)?svg[\s>][^]*<(?:[\w.-]+:)?svg[\s>]/.test(svg)
  )
}

/** Whether elements of a drawing have to say by themselves what rules and newer properties say of them. */
export function hasNewerStyles(svg: string): boolean {
  return (
    hasVariables(svg) ||
    hasLaidTexts(svg) ||
    NEWER.some((pattern) => pattern.test(svg)) ||
    hasPoint(svg) ||
    hasPlaces(svg) ||
    hasNestedRules(svg)
  )
}
