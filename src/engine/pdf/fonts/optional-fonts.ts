import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** For the letters of East Asia, by their character set: packages that are used where somebody has installed them. */
const OPTIONAL_FONTS: ReadonlyMap<number, readonly [packageName: string, file: string]> = new Map([
  [128, ['@embedpdf/fonts-jp', 'NotoSansJP-Regular.otf']],
  [129, ['@embedpdf/fonts-kr', 'NotoSansKR-Regular.otf']],
  [134, ['@embedpdf/fonts-sc', 'NotoSansHans-Regular.otf']],
  [136, ['@embedpdf/fonts-tc', 'NotoSansHant-Regular.otf']],
])

/**
 * Finds a font for a character set of East Asia.
 *
 * @param characterSet - `FXFONT_…_CHARSET` of fpdf_sysfontinfo.h
 * @returns `none` for another character set, and undefined where the font is not installed
 */
export function findOptionalFont(
  characterSet: number,
): { readonly path: string } | 'none' | undefined {
  const optional = OPTIONAL_FONTS.get(characterSet)
  if (optional === undefined) return 'none'
  const path = findInstalled(...optional)
  return path === undefined ? undefined : { path }
}

/** Whether there is a font for any character set of East Asia. */
export function hasOptionalFonts(): boolean {
  return Array.from(OPTIONAL_FONTS.values()).some((each) => findInstalled(...each) !== undefined)
}

function findInstalled(packageName: string, file: string): string | undefined {
  try {
    const main = createRequire(import.meta.url).resolve(packageName)
    const path = join(dirname(main), '..', 'fonts', file)
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}
