import { readFileSync } from 'node:fs'
import { type CoversLetter, readCharacterMap } from '../../typesetting/fonts/character-map.ts'
import { SCRIPT_FAMILIES, USUAL_FAMILIES } from '../../typesetting/fonts/shipped-fonts.ts'
import type { PdfDocument } from '../document.ts'
import { hasOptionalFonts } from './optional-fonts.ts'
import { readTables } from './truetype.ts'

/** Letters of a page whose fonts are not in its file, as far as they are not those of the usual families. */
export interface AbsentLetters {
  /** Whether there are some that the families of other scripts have. */
  readonly scripts: boolean
  /** Those that no font here has, the first ones of them. */
  readonly missing: readonly string[]
}

/** As many letters of a page are looked at, and as many are told. */
const MOST_LOOKED = 50_000
const MOST_TOLD = 10

/** The usual families have what comes before: Latin, Greek and Cyrillic. */
const FIRST_OTHER = 0x05_30

/** What is drawn by a font of letters; other signs PDFium may have itself. */
const DRAWN = /^(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{M}\p{N}]$/u

/** What `@embedpdf/fonts-…` have. */
const EAST_ASIAN =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef]$/u

/**
 * Reads which letters a page has in fonts that are not in its file.
 *
 * @param fonts - PDFium's numbers for these fonts
 */
export function readAbsentLetters(
  { pdfium, bare }: PdfDocument,
  page: number,
  fonts: ReadonlySet<number>,
): AbsentLetters {
  const text = fonts.size === 0 ? 0 : pdfium.FPDFText_LoadPage(page)
  if (text === 0) return { scripts: false, missing: [] }
  const unicode = bare('FPDFText_GetUnicode')
  const objectOf = bare('FPDFText_GetTextObject')
  const letters = new Set<number>()
  const count = Math.min(MOST_LOOKED, pdfium.FPDFText_CountChars(text))
  for (let index = 0; index < count; index += 1) {
    const code = unicode(text, index)
    if (code < FIRST_OTHER || letters.has(code)) continue
    const object = objectOf(text, index)
    if (object !== 0 && fonts.has(pdfium.FPDFTextObj_GetFont(object))) letters.add(code)
  }
  pdfium.FPDFText_ClosePage(text)
  return sortLetters(letters)
}

function sortLetters(codes: ReadonlySet<number>): AbsentLetters {
  const drawn = Array.from(codes).filter((code) => DRAWN.test(String.fromCodePoint(code)))
  if (drawn.length === 0) return { scripts: false, missing: [] }
  const [usual] = USUAL_FAMILIES
  const others = drawn.filter((code) => !coverOf(usual.files.regular)(code))
  const ofScripts = others.filter((code) =>
    SCRIPT_FAMILIES.some(
      ({ blocks, files }) =>
        blocks.some(([first, last]) => code >= first && code <= last) &&
        coverOf(files.regular)(code),
    ),
  )
  const missing = others
    .filter((code) => !ofScripts.includes(code))
    .map((code) => String.fromCodePoint(code))
    .filter((letter) => !(EAST_ASIAN.test(letter) && hasOptionalFonts()))
    // A mark stands on something.
    .map((letter) => (/\p{M}/u.test(letter) ? `◌${letter}` : letter))
  return { scripts: ofScripts.length > 0, missing: missing.slice(0, MOST_TOLD) }
}

const covers = new Map<string, CoversLetter>()

function coverOf(path: string): CoversLetter {
  const known = covers.get(path)
  if (known !== undefined) return known
  const cover = readCharacterMap(readTables(readFileSync(path))?.get('cmap') ?? Buffer.alloc(0))
  covers.set(path, cover)
  return cover
}
