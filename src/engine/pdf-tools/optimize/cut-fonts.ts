import { createHash } from 'node:crypto'
import { deflateSync, inflateSync } from 'node:zlib'
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib'
import { dictionariesOf, dictionary } from './contents.ts'
import { readShownTexts } from './shown-texts.ts'
import { cutTrueType } from './truetype.ts'

const name = (text: string): PDFName => PDFName.of(text)

/** Larger than any font; in bytes. */
const MOST_FONT_BYTES = 64_000_000

/** Two bytes name a letter, or a number that another stream has a letter for. */
const PLAIN_ENCODINGS = [name('Identity-H'), name('Identity-V')]

/** A font that is cut has six capitals before its name. */
const CUT_NAME = /^[A-Z]{6}\+/

/** A font of which letters are named by two bytes, with the one that has their outlines. */
interface WideFont {
  readonly font: PDFDict
  readonly descendant: PDFDict
  readonly descriptor: PDFDict
}

/**
 * Takes letters that nobody sees out of the fonts of a document, of those in which two bytes name a letter: programs embed
 * others only as far as they need them. A font that fields are filled in with stays whole.
 */
export function cutFonts(document: PDFDocument): void {
  const { context } = document
  const files = wideFontsOf(context)
  if (files.size === 0) return
  const shown = readShownTexts(context)
  if (shown === undefined) return
  const filled = fontsOfFields(document)
  for (const [file, fonts] of files) {
    if (fonts === undefined || fonts.some(({ font }) => filled.has(font))) continue
    const codes = new Map(fonts.map((each) => [each, codesOf(shown.get(each.font))]))
    const letters = lettersOf(context, codes)
    const stream = context.lookup(file)
    const whole = stream instanceof PDFRawStream ? inflate(stream) : undefined
    const cut = whole && letters && cutTrueType(whole, letters)
    if (cut === undefined || !(stream instanceof PDFRawStream)) continue
    const { dict, contents } = stream
    const compressed = deflateSync(cut, { level: 9 })
    if (compressed.length >= contents.length) continue
    dict.set(name('Filter'), name('FlateDecode'))
    dict.delete(name('DecodeParms'))
    dict.set(name('Length1'), context.obj(cut.length))
    context.assign(file, PDFRawStream.of(dict, compressed))
    for (const [font, own] of codes) {
      tellCut(font, cut)
      cutWidths(context, font.descendant, own)
    }
  }
}

/** Which letters of their outlines fonts show; undefined when that is not known of all of them. */
function lettersOf(
  context: PDFContext,
  codes: ReadonlyMap<WideFont, ReadonlySet<number>>,
): ReadonlySet<number> | undefined {
  const letters = new Set<number>()
  for (const [{ descendant }, own] of codes) {
    const map = readMap(context, descendant)
    if (map === undefined) return undefined
    for (const code of own) letters.add(map === 'same' ? code : letterOf(map, code))
  }
  return letters
}

/** The fonts that share a file of outlines; undefined when another kind of font does, too. */
function wideFontsOf(context: PDFContext): Map<PDFRef, readonly WideFont[] | undefined> {
  const files = new Map<PDFRef, readonly WideFont[] | undefined>()
  const wide = new Set<PDFDict>()
  for (const font of dictionariesOf(context)) {
    if (font.get(name('Subtype')) !== name('Type0')) continue
    const descendants = context.lookup(font.get(name('DescendantFonts')))
    const descendant = descendants instanceof PDFArray && context.lookup(descendants.get(0))
    if (!(descendant instanceof PDFDict)) continue
    const descriptor = dictionary(context, descendant, 'FontDescriptor')
    const file = descriptor?.get(name('FontFile2'))
    if (descriptor === undefined || !(file instanceof PDFRef)) continue
    const encoding = font.get(name('Encoding'))
    const isPlain = PLAIN_ENCODINGS.some((each) => each === encoding)
    const known = files.has(file) ? files.get(file) : []
    files.set(file, isPlain && known ? [...known, { font, descendant, descriptor }] : undefined)
    wide.add(descriptor)
  }
  for (const each of dictionariesOf(context)) {
    const file = each.get(name('FontFile2'))
    if (file instanceof PDFRef && files.has(file) && !wide.has(each)) files.set(file, undefined)
  }
  return files
}

/** Fonts by which what is typed into fields is set, and any other that a form may need. */
function fontsOfFields({ context, catalog }: PDFDocument): ReadonlySet<PDFDict> {
  const form = dictionary(context, catalog, 'AcroForm')
  const resources = form && dictionary(context, form, 'DR')
  const fonts = resources && dictionary(context, resources, 'Font')
  const all = fonts?.values().map((each) => context.lookup(each)) ?? []
  return new Set(all.filter((each) => each instanceof PDFDict))
}

/** What two bytes each say. */
function codesOf(texts: ReadonlySet<string> = new Set()): ReadonlySet<number> {
  const codes = new Set<number>()
  for (const text of texts) {
    for (let at = 0; at + 1 < text.length; at += 2) {
      codes.add((text.charCodeAt(at) << 8) | text.charCodeAt(at + 1))
    }
  }
  return codes
}

/** @returns undefined for what is damaged */
function inflate({ dict, contents }: PDFRawStream): Buffer | undefined {
  const filter = dict.get(name('Filter'))
  if (filter === undefined) return Buffer.from(contents)
  const only = filter instanceof PDFArray && filter.size() === 1 ? filter.get(0) : filter
  if (only !== name('FlateDecode') || dict.has(name('DecodeParms'))) return undefined
  try {
    return inflateSync(contents, { maxOutputLength: MOST_FONT_BYTES })
  } catch {
    return undefined
  }
}

/** Which letter of the outlines a number means; undefined when nobody knows. */
function readMap(context: PDFContext, descendant: PDFDict): 'same' | Buffer | undefined {
  const map = context.lookup(descendant.get(name('CIDToGIDMap')))
  if (map === undefined || map === name('Identity')) return 'same'
  return map instanceof PDFRawStream ? inflate(map) : undefined
}

function letterOf(map: Buffer, code: number): number {
  return code * 2 + 2 <= map.length ? map.readUInt16BE(code * 2) : 0
}

/** Says in the name of a font that it is cut, so that no program takes it for all of it (ISO 32000-1, 9.6.4). */
function tellCut({ font, descendant, descriptor }: WideFont, cut: Buffer): void {
  const base = descendant.get(name('BaseFont'))
  descriptor.delete(name('CIDSet'))
  if (!(base instanceof PDFName) || CUT_NAME.test(base.decodeText())) return
  const digest = createHash('sha256').update(cut).digest()
  const capitals = [...digest.subarray(0, 6)].map((each) => String.fromCharCode(65 + (each % 26)))
  const told = name(`${capitals.join('')}+${base.decodeText()}`)
  descendant.set(name('BaseFont'), told)
  descriptor.set(name('FontName'), told)
  font.set(name('BaseFont'), told)
}

/** Leaves out the widths of what is not shown (ISO 32000-1, 9.7.4.3). */
function cutWidths(context: PDFContext, descendant: PDFDict, codes: ReadonlySet<number>): void {
  const widths = context.lookup(descendant.get(name('W')))
  if (!(widths instanceof PDFArray)) return
  const known = new Map<number, number>()
  const items = widths.asArray().map((each) => context.lookup(each))
  for (let at = 0; at < items.length;) {
    const [first, second, third] = items.slice(at, at + 3)
    if (!(first instanceof PDFNumber)) return
    const from = first.asNumber()
    if (second instanceof PDFArray) {
      for (const [index, item] of second.asArray().entries()) {
        const width = context.lookup(item)
        if (!(width instanceof PDFNumber)) return
        if (codes.has(from + index)) known.set(from + index, width.asNumber())
      }
      at += 2
    } else if (second instanceof PDFNumber && third instanceof PDFNumber) {
      for (const code of codes) {
        if (code >= from && code <= second.asNumber()) known.set(code, third.asNumber())
      }
      at += 3
    } else return
  }
  const runs: (number | number[])[] = []
  let run: number[] = []
  for (const [code, width] of [...known].toSorted(([one], [other]) => one - other)) {
    if (!known.has(code - 1)) {
      run = []
      runs.push(code, run)
    }
    run.push(width)
  }
  descendant.set(name('W'), context.obj(runs))
}
