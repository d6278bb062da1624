import { readFileSync } from 'node:fs'
import { unreadKind } from '../../packages/document-errors.ts'
import { decodeChunks } from '../../sources/charset.ts'
import { findDeclarations } from '../../sources/encoding/declarations.ts'
import { toDecoder } from '../../sources/encoding/decoder.ts'
import { findEncoding } from '../../sources/encoding/find-encoding.ts'
import { readChunks } from '../../sources/read-chunks.ts'
import type { Flow } from './flow.ts'
import { readHtmlText } from './html.ts'
import type { TextKind } from './text-kind.ts'
import { readSvgText, readXml } from './xml.ts'

/** The kinds of files that are text all through. */
export type TextSourceKind = Extract<TextKind, 'SVG' | 'HTML' | 'XHTML' | 'XML' | 'plain'>

/**
 * Writes the text of a file that is text, in whatever encoding.
 *
 * @param source - its path or its bytes
 * @param declared - encodings that the request names
 * @param write - takes the pieces of a text that is written as it is
 * @param title - whether the title of a page belongs to its text
 */
export async function readTextSource(
  source: string | Buffer,
  kind: TextSourceKind,
  declared: readonly string[],
  {
    flow,
    write,
    title,
  }: { readonly flow: Flow; readonly write: (text: string) => void; readonly title: boolean },
): Promise<void> {
  const encoding = encodingOf(source, kind, declared)
  const chunks = decodeChunks(readChunks(source), encoding)
  switch (kind) {
    case 'plain':
      for await (const chunk of chunks) write(chunk)
      return
    case 'HTML':
    case 'XHTML':
      return readHtmlText(chunks, flow, { language: kind, title })
    case 'XML':
      return readXml(chunks, flow)
    case 'SVG':
      return readSvgText(chunks, flow)
  }
}

/**
 * All of a file that is text, in whatever encoding.
 *
 * @param source - its path or its bytes
 * @param declared - encodings that the request names
 * @throws {@link OperationError} when it is no text in any
 */
export function decodeTextFile(
  source: string | Buffer,
  kind: TextSourceKind,
  declared: readonly string[] = [],
): string {
  const decoder = toDecoder(encodingOf(source, kind, declared)) ?? new TextDecoder()
  return decoder.decode(typeof source === 'string' ? readFileSync(source) : source)
}

function encodingOf(
  source: string | Buffer,
  kind: TextSourceKind,
  declared: readonly string[],
): string {
  const own = kind === 'plain' ? [] : findDeclarations(source)
  const encoding = findEncoding(source, [...declared, ...own])
  if (encoding === undefined) throw unreadKind('no text in any encoding')
  return encoding
}
