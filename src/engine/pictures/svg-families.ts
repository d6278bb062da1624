import { fontFolders } from '../typesetting/fonts/font-folders.ts'
import { findInstalledFonts } from '../typesetting/fonts/installed-fonts.ts'
import { SHIPPED_FAMILIES } from '../typesetting/fonts/shipped-fonts.ts'
import { findStyles } from './svg-styles.ts'

/** What CSS calls kinds of fonts, and what it says in place of a name. */
const GENERIC: ReadonlySet<string> = new Set(
  'serif sans-serif monospace cursive fantasy system-ui ui-serif ui-sans-serif ui-monospace math emoji inherit initial unset'.split(
    ' ',
  ),
)

/** As many fonts are told. */
const MOST_FONTS = 10

/** An attribute that names families. */
const ATTRIBUTE = /\sfont-family\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g

/** A property of CSS that does, where `font` has them behind a size. */
const PROPERTY =
  /(?:^|[\s;{])(?:font-family\s*:\s*([^;}<>]*)|font\s*:[^;}<>]*?\d[a-z%]*(?:\s*\/\s*[\d.]+[a-z%]*)?\s+([^;}<>]*))/g

/** How an element of text begins, whatever its prefix. */
const TEXT = /<(?:[\w.-]+:)?text[\s>]/

/**
 * Finds the families that an SVG has text in and that are not there, so that others are drawn in their place: the first of each list
 * of which none is there, since whoever names several is content with each.
 *
 * @param own - the names of those that the drawing has in it
 * @param installed - the names of those that are, in small letters; they are asked for where the shipped ones do not do
 */
export function findReplacedFonts(
  svg: string,
  own: readonly string[] = [],
  installed = installedNames,
): readonly string[] {
  const text = svg.replaceAll(/<!--.*?-->/gs, '')
  if (!TEXT.test(text)) return []
  const shipped = new Set([
    ...SHIPPED_FAMILIES.flatMap(({ names }) => names),
    ...own.map((name) => name.toLowerCase()),
  ])
  // An entity ends with what ends a declaration.
  const styles = findStyles(text).map((css) => css.replaceAll(/&(?:quot|apos|#3[49]);/g, "'"))
  const named = [
    ...text.matchAll(ATTRIBUTE),
    ...styles.flatMap((css) => Array.from(css.matchAll(PROPERTY))),
  ]
  const unknown = named
    .map(toFamilies)
    .filter((families) => families.length > 0 && !families.some((each) => isThere(shipped, each)))
  if (unknown.length === 0) return []
  const there = installed()
  const replaced = unknown
    .filter((families) => !families.some((each) => isThere(there, each)))
    .flatMap(([first]) => first ?? [])
  return [...new Set(replaced)].toSorted().slice(0, MOST_FONTS)
}

/** The families of a list, without the kinds of fonts. */
function toFamilies([, ...found]: RegExpMatchArray): string[] {
  const list = found.find((each) => each !== undefined) ?? ''
  return list
    .replaceAll(/&(?:quot|apos|#3[49]);/g, '')
    .split(',')
    .map((each) => each.replaceAll(/["']|!important/g, '').trim())
    .filter((each) => /^[^&(]+$/.test(each) && !GENERIC.has(each.toLowerCase()))
}

function isThere(names: ReadonlySet<string>, family: string): boolean {
  return names.has(family.toLowerCase())
}

/** Looked for once in a process, which lives for seconds. */
let found: ReadonlySet<string> | undefined

function installedNames(): ReadonlySet<string> {
  found ??= new Set(findInstalledFonts(fontFolders()).flatMap(({ families }) => families))
  return found
}
