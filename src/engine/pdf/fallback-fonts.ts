import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { WrappedPdfiumModule } from '@embedpdf/pdfium'
import { SHIPPED_FAMILIES } from '../typesetting/fonts/shipped-fonts.ts'

/** Of `FPDF_SYSFONTINFO` (fpdf_sysfontinfo.h), version 1: a number and eight functions. */
const INFO_BYTES = 36
const VERSION = 1
const PLACES = { enumFonts: 8, mapFont: 12, getFont: 16, getFontData: 20, deleteFont: 32 } as const

/** `FXFONT_FF_…` of the same: all letters are as wide, and they have serifs. */
const FIXED_PITCH = 1
const ROMAN = 16
const BOLD_WEIGHT = 600

/** `FXFONT_…_CHARSET` of the same. */
const SYMBOLS = 2

/** For the letters of East Asia, by their character set: packages that are used where somebody has installed them. */
const OPTIONAL_FONTS: ReadonlyMap<number, readonly [packageName: string, file: string]> = new Map([
  [128, ['@embedpdf/fonts-jp', 'NotoSansJP-Regular.otf']],
  [129, ['@embedpdf/fonts-kr', 'NotoSansKR-Regular.otf']],
  [134, ['@embedpdf/fonts-sc', 'NotoSansHans-Regular.otf']],
  [136, ['@embedpdf/fonts-tc', 'NotoSansHant-Regular.otf']],
])

/** What PDFium asks for in place of a font that a document names and has not in it. */
interface WantedFont {
  readonly name: string
  readonly weight: number
  readonly isItalic: boolean
  readonly characterSet: number
  readonly pitch: number
}

/**
 * Has PDFium draw letters of fonts that a document names and has not in it with fonts of ours, which are as wide as the
 * usual ones, and have Greek, Cyrillic, Hebrew and the letters of all of Europe. Without it has Latin 1 alone.
 *
 * @param memory - PDFium's memory as it is now
 */
export function provideFonts(pdfium: WrappedPdfiumModule, memory: () => Buffer): void {
  const { wasmExports, addFunction } = pdfium.pdfium
  const files: string[] = []
  const contents = new Map<number, Buffer>()

  function contentOf(handle: number): Buffer | undefined {
    const path = files[handle - 1]
    const known = contents.get(handle)
    if (known !== undefined || path === undefined) return known
    const content = readFileSync(path)
    contents.set(handle, content)
    return content
  }

  function mapFont(
    _info: number,
    weight: number,
    isItalic: number,
    characterSet: number,
    pitch: number,
    face: number,
  ): number {
    const name = textAt(memory(), face)
    const path = chooseFont({ name, weight, isItalic: isItalic !== 0, characterSet, pitch })
    if (path === undefined) return 0
    const known = files.indexOf(path)
    return known === -1 ? files.push(path) : known + 1
  }

  /** @returns how many bytes the file has; there is no other table to be had than all of it, which is 0 */
  function getFontData(
    _info: number,
    handle: number,
    table: number,
    into: number,
    most: number,
  ): number {
    const content = table === 0 ? contentOf(handle) : undefined
    if (content === undefined) return 0
    if (most >= content.length) {
      content.copy(memory(), into)
      contents.delete(handle)
    }
    return content.length
  }

  const info: number = wasmExports.malloc(INFO_BYTES)
  const written = memory()
  written.fill(0, info, info + INFO_BYTES)
  written.writeUInt32LE(VERSION, info)
  const functions = {
    enumFonts: addFunction(() => undefined, 'vii'),
    mapFont: addFunction(mapFont, 'iiiiiiii'),
    getFont: addFunction(() => 0, 'iii'),
    getFontData: addFunction(getFontData, 'iiiiii'),
    deleteFont: addFunction(() => undefined, 'vii'),
  }
  memory().writeUInt32LE(functions.enumFonts, info + PLACES.enumFonts)
  memory().writeUInt32LE(functions.mapFont, info + PLACES.mapFont)
  memory().writeUInt32LE(functions.getFont, info + PLACES.getFont)
  memory().writeUInt32LE(functions.getFontData, info + PLACES.getFontData)
  memory().writeUInt32LE(functions.deleteFont, info + PLACES.deleteFont)
  pdfium.FPDF_SetSystemFontInfo(info)
}

/** @returns undefined for what PDFium has itself, and for what nobody has */
function chooseFont({
  name,
  weight,
  isItalic,
  characterSet,
  pitch,
}: WantedFont): string | undefined {
  if (characterSet === SYMBOLS) return undefined
  const optional = OPTIONAL_FONTS.get(characterSet)
  if (optional !== undefined) return findInstalled(...optional)
  const [sans, serif, mono] = SHIPPED_FAMILIES
  const wanted = name.toLowerCase()
  const byName = SHIPPED_FAMILIES.find(({ names }) =>
    names.some((each) => wanted.replaceAll(/[-,].*/g, '') === each),
  )
  const byPitch = pitch & FIXED_PITCH ? mono : pitch & ROMAN ? serif : undefined
  const { files } = byName ?? byPitch ?? sans
  if (weight >= BOLD_WEIGHT) return isItalic ? files.boldItalic : files.bold
  return isItalic ? files.italic : files.regular
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

function textAt(memory: Buffer, place: number): string {
  return memory.toString('latin1', place, memory.indexOf(0, place))
}
