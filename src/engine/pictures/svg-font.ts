/** A value of `font` (CSS Fonts 4, section 2.7): what may be before the size, the size, and the families. */
const FONT =
  /^((?:(?:normal|italic|oblique|small-caps|bold|bolder|lighter|[1-9]00)\s+)*)([\d.]+[a-z%]*|(?:xx?-)?(?:small|large)|medium)(?:\s*\/\s*\S+)?\s+([^]+)$/i

const STYLE = /\b(?:italic|oblique)\b/i
const WEIGHT = /\b(?:bold|bolder|lighter|[1-9]00)\b/i
const VARIANT = /\bsmall-caps\b/i

/** Says what `font` says in properties of their own, in its place among others, so that each can be asked for. */
export function partFont(style: Map<string, string>): void {
  const [, before = '', size, families] = FONT.exec(style.get('font')?.trim() ?? '') ?? []
  if (size === undefined || families === undefined) return
  const declared = [...style]
  style.clear()
  for (const [property, value] of declared) {
    if (property === 'font') {
      style.set('font-style', STYLE.exec(before)?.[0] ?? 'normal')
      style.set('font-variant', VARIANT.exec(before)?.[0] ?? 'normal')
      style.set('font-weight', WEIGHT.exec(before)?.[0] ?? 'normal')
      style.set('font-size', size)
      style.set('font-family', families)
    } else style.set(property, value)
  }
}
