import { type PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib'
import { decodeContent } from './contents.ts'

const PART = /pdfaid:part(?:>|\s*=\s*["'])\s*(\d)/

/** Which part of PDF/A (ISO 19005) a document says that it keeps to; undefined for none. */
export function archivalPart({ catalog, context }: PDFDocument): number | undefined {
  const metadata = context.lookup(catalog.get(PDFName.of('Metadata')))
  if (!(metadata instanceof PDFRawStream)) return undefined
  const part = PART.exec(decodeContent(metadata) ?? '')?.[1]
  return part === undefined ? undefined : Number(part)
}
