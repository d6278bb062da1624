/** A `style` element, whatever its prefix, with what is before and behind its sheet. */
const SHEET =
  /(<((?:[\w.-]+:)?style)(?:\s[^>]*)?(?<!\/)>(?:\s*<!\[CDATA\[)?)([^]*?)((?:\]\]>\s*)?<\/\2\s*>)/g

/** An attribute `style`, with its quotes. */
const STYLE = /(\sstyle\s*=\s*)(?:"([^"]*)"|'([^']*)')/g

/**
 * Writes the style sheets of an SVG anew.
 *
 * @param svg - one character a byte
 */
export function rewriteSheets(svg: string, rewrite: (sheet: string) => string): string {
  return svg.replaceAll(
    SHEET,
    (_, start: string, _name, sheet: string, end: string) => start + rewrite(sheet) + end,
  )
}

/** Writes all that an SVG says in CSS anew: its sheets, and the declarations of its elements. */
export function rewriteStyles(svg: string, rewrite: (css: string) => string): string {
  return rewriteSheets(svg, rewrite).replaceAll(
    STYLE,
    (_, name: string, double?: string, single = '') =>
      name + (double === undefined ? `'${rewrite(single)}'` : `"${rewrite(double)}"`),
  )
}

/** Finds the style sheets of an SVG. */
export function findSheets(svg: string): string[] {
  return [...svg.matchAll(SHEET)].map(([, , , sheet = '']) => sheet)
}

/** Finds all that an SVG says in CSS. */
export function findStyles(svg: string): string[] {
  const found: string[] = []
  rewriteStyles(svg, (css) => {
    found.push(css)
    return css
  })
  return found
}

/**
 * Finds where the bracket closes that is open at a place of a text.
 *
 * @returns undefined when it never does
 */
export function endOfBrackets(text: string, from: number): number | undefined {
  let depth = 1
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    if (text[at] === ')') depth -= 1
    if (depth === 0) return at
  }
  return undefined
}

/** The parts of a text between separators that stand in no brackets. */
export function splitOutside(text: string, separator: string): string[] {
  const parts = ['']
  let depth = 0
  for (const letter of text) {
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (letter === separator && depth === 0) parts.push('')
    else parts.push((parts.pop() ?? '') + letter)
  }
  return parts
}
