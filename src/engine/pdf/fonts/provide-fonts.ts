import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { WrappedPdfiumModule } from '@embedpdf/pdfium'
import {
  SCRIPT_FAMILIES,
  SHIPPED_FAMILIES,
  USUAL_FAMILIES,
} from '../../typesetting/fonts/shipped-fonts.ts'
import { joinFonts } from './join-fonts.ts'
import { findOptionalFont } from './optional-fonts.ts'

/** Of `FPDF_SYSFONTINFO` (fpdf_sysfontinfo.h), version 1: a number and eight functions. */
const INFO_BYTES = 36
const VERSION = 1
const PLACES = {
  enumFonts: 8,
  mapFont: 12,
  getFont: 16,
  getFontData: 20,
  getFaceName: 24,
  deleteFont: 32,
} as const

/** `FXFONT_FF_…` of the same: all letters are as wide, and they have serifs. */
const FIXED_PITCH = 1
const ROMAN = 16
const BOLD_WEIGHT = 600

/** `FXFONT_…_CHARSET` of the same. */
const SYMBOLS = 2

/** What PDFium asks for in place of a font that a document names and has not in it. */
interface WantedFont {
  readonly name: string
  readonly weight: number
  readonly isItalic: boolean
  readonly characterSet: number
  readonly pitch: number
}

/** The fonts that PDFium is given. */
export interface ProvidedFonts {
  /**
   * Has it get fonts that have the letters of other scripts besides their own, whatever it asks for meanwhile. Putting them together takes
   * some 30 ms of processor time and more, so that it is for what needs them.
   */
  readonly withScripts: <Result>(use: () => Result) => Result
}

/** A font that PDFium was told of. */
interface GivenFont {
  readonly path: string
  /** Whether it has the letters of other scripts besides its own. */
  readonly scripts: boolean
}

/**
 * Has PDFium draw letters of fonts that a document names and has not in it with fonts of ours, which are as wide as the
 * usual ones, and have Greek, Cyrillic, Hebrew and the letters of all of Europe. Without it has Latin 1 alone.
 *
 * @param memory - PDFium's memory as it is now
 */
export function provideFonts(pdfium: WrappedPdfiumModule, memory: () => Buffer): ProvidedFonts {
  const { wasmExports, addFunction } = pdfium.pdfium
  const given: GivenFont[] = []
  const contents = new Map<number, Buffer>()
  let scripts = false

  function contentOf(handle: number): Buffer | undefined {
    const font = given[handle - 1]
    const known = contents.get(handle)
    if (known !== undefined || font === undefined) return known
    const content = font.scripts ? addScripts(font.path) : readFileSync(font.path)
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
    const font = { path, scripts: scripts && USUAL_FILES.has(path) }
    const known = given.findIndex((each) => each.path === path && each.scripts === font.scripts)
    return known === -1 ? given.push(font) : known + 1
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

  /**
   * Fonts that PDFium has read it keeps under these names, or under those by which it asked where it gets none; one with the letters of
   * other scripts would be taken for that without them.
   *
   * @returns how many bytes the name has
   */
  function getFaceName(_info: number, handle: number, into: number, most: number): number {
    const font = given[handle - 1]
    if (font === undefined || !font.scripts) return 0
    const name = Buffer.from(`${basename(font.path, '.ttf')}-scripts\0`)
    if (most >= name.length) name.copy(memory(), into)
    return name.length
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
    getFaceName: addFunction(getFaceName, 'iiiii'),
    deleteFont: addFunction(() => undefined, 'vii'),
  }
  memory().writeUInt32LE(functions.enumFonts, info + PLACES.enumFonts)
  memory().writeUInt32LE(functions.mapFont, info + PLACES.mapFont)
  memory().writeUInt32LE(functions.getFont, info + PLACES.getFont)
  memory().writeUInt32LE(functions.getFontData, info + PLACES.getFontData)
  memory().writeUInt32LE(functions.getFaceName, info + PLACES.getFaceName)
  memory().writeUInt32LE(functions.deleteFont, info + PLACES.deleteFont)
  pdfium.FPDF_SetSystemFontInfo(info)
  return {
    withScripts(use) {
      const before = scripts
      scripts = true
      try {
        return use()
      } finally {
        scripts = before
      }
    },
  }
}

const USUAL_FILES: ReadonlySet<string> = new Set(
  USUAL_FAMILIES.flatMap(({ files }) => Object.values(files)),
)

/** Those that were put together, by the path of the font that the letters were added to. */
const joined = new Map<string, Buffer>()

function addScripts(path: string): Buffer {
  const known = joined.get(path)
  if (known !== undefined) return known
  const isBold = USUAL_FAMILIES.some(({ files }) => [files.bold, files.boldItalic].includes(path))
  const sources = SCRIPT_FAMILIES.map(({ files, blocks }) => {
    return { font: readFileSync(isBold ? files.bold : files.regular), blocks }
  })
  const font = joinFonts(readFileSync(path), sources)
  joined.set(path, font)
  return font
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
  const optional = findOptionalFont(characterSet)
  if (optional !== 'none') return optional?.path
  const [sans, serif, mono] = USUAL_FAMILIES
  const wanted = name.toLowerCase()
  const byName = SHIPPED_FAMILIES.find(({ names }) =>
    names.some((each) => wanted.replaceAll(/[-,].*/g, '') === each),
  )
  const byPitch = pitch & FIXED_PITCH ? mono : pitch & ROMAN ? serif : undefined
  const { files } = byName ?? byPitch ?? sans
  if (weight >= BOLD_WEIGHT) return isItalic ? files.boldItalic : files.bold
  return isItalic ? files.italic : files.regular
}

function textAt(memory: Buffer, place: number): string {
  return memory.toString('latin1', place, memory.indexOf(0, place))
}
