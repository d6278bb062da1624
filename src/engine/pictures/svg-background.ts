import { findRoot } from './svg-root.ts'

/** A colour by its name or in numbers, with nothing behind it that could be something else. */
const COLOUR =
  /^(?:#[\da-f]{3,8}|[a-z]+|(?:rgba?|hsla?|hwb)\([\d\s,.%/+-]+(?:deg)?[\d\s,.%/+-]*\))(?=$|[\s;])/i

const NO_COLOURS: ReadonlySet<string> = new Set([
  'none',
  'transparent',
  'inherit',
  'initial',
  'unset',
  'revert',
  'currentcolor',
])

/**
 * Tells the colour that browsers put behind a drawing, which librsvg does not draw: that of the style of its root, or of a rule for it.
 *
 * @returns undefined when there is none
 */
export function findBackground(svg: string): string | undefined {
  const root = findRoot(svg)
  if (root === undefined) return undefined
  const tag = svg.slice(root.start, root.end)
  const [, double, single] = /\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(tag) ?? []
  return backgroundIn(double ?? single ?? '') ?? backgroundIn(ruleOfRoot(svg))
}

/** What the last rule for the root alone declares. */
function ruleOfRoot(svg: string): string {
  const sheets = [...svg.matchAll(/<(?:[\w.-]+:)?style\b[^>]*>([^]*?)<\//g)].map(
    ([, sheet]) => sheet,
  )
  const rules = [...sheets.join('\n').matchAll(/(?:^|[}\s,>[])(?:svg|:root)\s*\{([^{}]*)\}/g)]
  return rules.map(([, declarations]) => declarations).join(';')
}

function backgroundIn(declarations: string): string | undefined {
  const values = [...declarations.matchAll(/(?:^|;)\s*background(?:-color)?\s*:\s*([^;]*)/gi)]
  const [colour = ''] = COLOUR.exec((values.at(-1)?.[1] ?? '').trim()) ?? []
  return colour === '' || NO_COLOURS.has(colour.toLowerCase()) ? undefined : colour
}
