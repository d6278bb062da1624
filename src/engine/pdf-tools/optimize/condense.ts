import { deflateSync } from 'node:zlib'
import { type PDFDocument, PDFName, type PDFRawStream } from '@cantoo/pdf-lib'
import { contentsOf, decodeContent } from './contents.ts'
import { writeDensely } from './dense-content.ts'
import { nameBriefly } from './resource-names.ts'

/** Writes what pages draw with fewer bytes, which draws the very same; what is damaged stays as it is. */
export function condense(document: PDFDocument): void {
  const contents = [...contentsOf(document.context)]
  const decoded = new Map<PDFRawStream, string>()
  for (const stream of contents.flatMap(({ streams }) => streams)) {
    const content = decodeContent(stream)
    if (content !== undefined) decoded.set(stream, content)
  }
  const names = nameBriefly(document, contents, decoded)
  for (const [stream, content] of decoded) {
    const brief = writeDensely(content, names.get(stream))
    stream.dict.set(PDFName.of('Filter'), PDFName.of('FlateDecode'))
    stream.updateContents(deflateSync(Buffer.from(brief, 'latin1')))
  }
}
