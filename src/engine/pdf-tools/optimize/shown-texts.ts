import { type PDFContext, PDFDict, PDFName } from '@cantoo/pdf-lib'
import { readTokens } from './content-tokens.ts'
import { contentsOf, decodeContent, dictionary } from './contents.ts'

const SHOWING = ['Tj', 'TJ', "'", '"']

/** What of a font is shown somewhere: as it is written, a byte a letter. */
export type ShownTexts = ReadonlyMap<PDFDict, ReadonlySet<string>>

/**
 * Finds what is shown in which font in all of a document.
 *
 * @returns undefined when that is not sure: of what cannot be read, has a picture in it, of which the end can only be
 *   guessed, or is shown in the font of whoever draws it
 */
export function readShownTexts(context: PDFContext): ShownTexts | undefined {
  const shown = new Map<PDFDict, Set<string>>()
  for (const { streams, resources } of contentsOf(context)) {
    const parts = streams.map(decodeContent)
    if (parts.includes(undefined)) return undefined
    if (!addShown(context, parts.join('\n'), resources, shown)) return undefined
  }
  return shown
}

/** @returns whether all of it is understood */
function addShown(
  context: PDFContext,
  content: string,
  resources: PDFDict | undefined,
  shown: Map<PDFDict, Set<string>>,
): boolean {
  const fonts = resources && dictionary(context, resources, 'Font')
  const states = resources && dictionary(context, resources, 'ExtGState')
  const kept: (PDFDict | undefined)[] = []
  let font: PDFDict | undefined
  let named = ''
  let texts: string[] = []
  let hasPicture = false
  for (const token of readTokens(content)) {
    if (token.kind === 'name') named = token.value
    else if (token.kind === 'text') texts.push(token.bytes)
    if (token.kind !== 'operator') continue
    if (token.value === 'q') kept.push(font)
    else if (token.value === 'Q') font = kept.pop()
    else if (token.value === 'Tf') font = fonts && lookUp(context, fonts, named)
    else if (token.value === 'gs') {
      // It may set a font, too, which hardly anybody knows.
      if (states && lookUp(context, states, named)?.has(PDFName.of('Font'))) return false
    } else if (token.value === 'ID') hasPicture = true
    else if (SHOWING.includes(token.value) && texts.length > 0) {
      if (font === undefined) return false
      const known = shown.get(font) ?? new Set()
      shown.set(font, known)
      for (const text of texts) known.add(text)
    }
    texts = []
  }
  // What is drawn behind a picture may have been missed.
  return !hasPicture || (resources !== undefined && (fonts?.entries().length ?? 0) === 0)
}

function lookUp(context: PDFContext, of: PDFDict, key: string): PDFDict | undefined {
  const value = context.lookup(of.get(PDFName.of(key)))
  return value instanceof PDFDict ? value : undefined
}
