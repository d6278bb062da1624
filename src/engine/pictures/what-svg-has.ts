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
