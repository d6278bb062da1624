import { type PdfDocument, type PdfFailure, type PdfFile, withDocument } from './document.ts'

/** The texts of the dictionary `Info` (ISO 32000-1, 14.3.3). */
const TEXTS = [
  'Title',
  'Author',
  'Subject',
  'Keywords',
  'Creator',
  'Producer',
  'CreationDate',
  'ModDate',
] as const

/** What a document is by itself. */
export interface PdfInfo {
  readonly outcome: 'told'
  readonly pages: number
  readonly isEncrypted: boolean
  readonly signatures: number
  /** What its dictionary `Info` says, without what is empty. */
  readonly texts: Readonly<Partial<Record<(typeof TEXTS)[number], string>>>
}

/** Tells how many pages a document has, and what its dictionary `Info` says. */
export function readInfo(file: PdfFile): Promise<PdfInfo | PdfFailure> {
  return withDocument(file, (document): PdfInfo | PdfFailure => {
    const { pages, pdfium } = document
    if (pages === 0) return { outcome: 'corrupt' }
    const said = TEXTS.map((name) => [name, readMetaText(document, name)] as const)
    return {
      outcome: 'told',
      pages,
      isEncrypted: pdfium.EPDF_IsEncrypted(document.document),
      signatures: countSignatures(document),
      texts: Object.fromEntries(said.filter(([, text]) => text !== '')),
    }
  })
}

/** A field for a signature that nobody has signed is none. */
export function countSignatures({ pdfium, document }: PdfDocument): number {
  let count = 0
  for (let index = 0; index < pdfium.FPDF_GetSignatureCount(document); index += 1) {
    const signature = pdfium.FPDF_GetSignatureObject(document, index)
    if (pdfium.FPDFSignatureObj_GetContents(signature, 0, 0) > 0) count += 1
  }
  return count
}

function readMetaText({ pdfium, memory, document }: PdfDocument, name: string): string {
  // UTF-16, with a zero at the end.
  const bytes = pdfium.FPDF_GetMetaText(document, name, 0, 0)
  if (bytes <= 2) return ''
  const buffer = pdfium.pdfium.wasmExports.malloc(bytes)
  pdfium.FPDF_GetMetaText(document, name, buffer, bytes)
  const text = memory().toString('utf16le', buffer, buffer + bytes - 2)
  pdfium.pdfium.wasmExports.free(buffer)
  return text
}
