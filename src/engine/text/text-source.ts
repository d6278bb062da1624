import { readFileSync } from 'node:fs'
import { decodeChunks, readMetaCharset, readXmlDeclaration } from '../../sources/charset.ts'
import { readPart } from '../../sources/open-file.ts'
import { readChunks } from '../../sources/read-chunks.ts'
import { findEncoding } from './encoding.ts'
import type { Flow } from './flow.ts'
import { readHtmlText } from './html.ts'
import type { TextKind } from './text-kind.ts'
import { readSvgText, readXml } from './xml.ts'

/** Where a page has to name its encoding, says the HTML standard; some do so later. */
const DECLARATION_BYTES = 4096

/** The kinds of files that are text all through. */
export type TextSourceKind = Extract<TextKind, 'SVG' | 'HTML' | 'XHTML' | 'XML' | 'plain'>

/**
 * Writes the text of a file that is text, in whatever encoding.
 *
 * @param declared - encodings that the request names
 * @param write - takes the pieces of a text that is written as it is
 */
export async function readTextSource(
  path: string,
  kind: TextSourceKind,
  declared: readonly string[],
  { flow, write }: { readonly flow: Flow; readonly write: (text: string) => void },
): Promise<void> {
  const encoding = encodingOf(path, kind, declared)
  const chunks = decodeChunks(readChunks(path), encoding)
  switch (kind) {
    case 'plain':
      for await (const chunk of chunks) write(chunk)
      return
    case 'HTML':
    case 'XHTML':
      return readHtmlText(chunks, flow, { language: kind, title: true })
    case 'XML':
      return readXml(chunks, flow)
    case 'SVG':
      return readSvgText(chunks, flow)
  }
}

/**
 * All of a file that is text, in whatever encoding.
 *
 * @throws {@link OperationError} when it is no text in any
 */
export function decodeTextFile(path: string, kind: TextSourceKind): string {
  return new TextDecoder(encodingOf(path, kind, [])).decode(readFileSync(path))
}

function encodingOf(path: string, kind: TextSourceKind, declared: readonly string[]): string {
  const start = readPart(path, 0, DECLARATION_BYTES).toString('latin1')
  return findEncoding(path, [...declared, ...readDeclarations(start, kind)])
}

/** The encodings that a document names; one that can be read as ASCII is not in UTF-16, whatever it says. */
function readDeclarations(start: string, kind: TextSourceKind): string[] {
  if (kind === 'plain') return []
  const isPage = kind === 'HTML' || kind === 'XHTML'
  return [readXmlDeclaration(start), isPage ? readMetaCharset(start) : undefined]
    .filter((label) => label !== undefined)
    .filter((label) => !/^utf-?16/i.test(label))
}
