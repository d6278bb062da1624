import { readFileSync, rmSync } from 'node:fs'
import Papa from 'papaparse'
import { OperationError } from '../../base/operation-error.ts'
import { readCompound } from '../../packages/compound.ts'
import { findMainPart, readRelationships } from '../../packages/opc.ts'
import { identifyPackage } from '../../packages/package-format.ts'
import { isZip, type Package, withPackage } from '../../packages/package.ts'
import { requireSmallFile, requireSmallPackage } from '../../packages/small-source.ts'
import { readCharset } from '../../sources/format-lookup.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { readChunks } from '../../sources/read-chunks.ts'
import type { ReadWithin } from '../text/docx.ts'
import { extractHere } from '../text/extract-here.ts'
import { readLegacyText } from '../text/legacy/legacy.ts'
import { readPackage } from '../text/office.ts'
import { readRtf } from '../text/rtf.ts'
import type { TextKind } from '../text/text-kind.ts'
import { decodeTextFile } from '../text/text-source.ts'
import { readFlow } from './flow-blocks.ts'
import { readDocx } from './read-docx.ts'
import { readEpub } from './read-epub.ts'
import { readMarkup } from './read-markup.ts'
import { readMhtml } from './read-mhtml.ts'
import { readPlainText } from './read-plain-text.ts'
import type { RichText } from './rich-text.ts'

/** A document to be read, whatever it is. */
export interface DocumentReading {
  readonly source: IdentifiedSource
  readonly kind: Exclude<TextKind, 'PDF'>
  /** What opens an encrypted source. */
  readonly password: string | undefined
  /** Where there may be a file meanwhile. */
  readonly scratchPath: string
  /** Takes a sentence about what cannot be read. */
  readonly remark: (sentence: string) => void
}

/**
 * Reads the text of a document with its headings, lists, tables and links, as far as its format has them.
 *
 * @throws {@link OperationError} for a source that is damaged, of no kind that text is made of, encrypted, or too large
 */
export async function readDocument(reading: DocumentReading): Promise<RichText> {
  const { source, kind, password } = reading
  const { path, content, hints } = source
  const declared = [readCharset(hints.mimetype)].filter((label) => label !== undefined)
  await requireSmallFile(path)
  switch (kind) {
    case 'package':
      return readParts(path, reading)
    case 'compound': {
      const document = await readCompound(path, password)
      if (document.kind === 'package') return readParts(document.bytes, reading)
      return readFlow((flow) => readLegacyText(document, flow))
    }
    case 'RTF':
      return readFlow((flow) => readRtf(readChunks(path), flow, reading.remark))
    case 'MHTML':
      return readMhtml(readFileSync(path))
    case 'HTML':
      return readMarkup(path, 'html', declared)
    case 'XHTML':
      return readMarkup(path, 'xhtml', declared)
    case 'plain':
      if (content === 'csv') return readCsv(decodeTextFile(path, 'plain', declared))
      return readMarkup(path, content === 'markdown' ? 'markdown' : 'text', declared)
    case 'picture':
    case 'XML':
    case 'SVG':
    case 'SVGZ':
    default:
      return readAsText(reading)
  }
}

/** @param from - the path of a package, or what it is when it is decrypted */
async function readParts(from: string | Buffer, reading: DocumentReading): Promise<RichText> {
  await requireSmallPackage(from)
  const format = await identifyPackage(from)
  if (format === 'epub') return withPackage(from, readEpub)
  if (format === 'docx') {
    if (!isZip(from) || (await withPackage(from, importsDocuments))) return readAsText(reading)
    return readDocx(typeof from === 'string' ? readFileSync(from) : from)
  }
  const { password } = reading
  return readFlow((flow) => readPackage(from, flow, { password, readWithin: REFUSED_WITHIN }))
}

/** Whether a DOCX has words in other documents, which the library of its markup leaves out. */
async function importsDocuments(parts: Package): Promise<boolean> {
  const main = await findMainPart(parts)
  const links = main === undefined ? [] : await readRelationships(parts, main.name)
  return links.some(({ type }) => type === 'aFChunk')
}

function refuseWithin(): never {
  throw new RangeError('only a DOCX has documents within it')
}

const REFUSED_WITHIN: ReadWithin = { read: refuseWithin, remark: refuseWithin }

function readCsv(text: string): Promise<RichText> {
  const { data: rows } = Papa.parse<string[]>(text, { skipEmptyLines: true })
  return readFlow((flow) => {
    for (const cells of rows) {
      flow.row()
      for (const cell of cells) {
        flow.cell()
        flow.text(cell)
      }
    }
  })
}

/** Reads what has no structure for us, or none at all: paragraphs of its text. */
async function readAsText({
  source,
  kind,
  password,
  scratchPath: textPath,
  remark,
}: DocumentReading): Promise<RichText> {
  try {
    const extracted = await extractHere({ source, textPath, kind, password })
    if (extracted.outcome === 'failed') {
      throw new OperationError(extracted.failure.code, extracted.failure.fields)
    }
    for (const sentence of extracted.remarks) remark(sentence)
    return readPlainText(decodeTextFile(textPath, 'plain', ['utf-8']))
  } finally {
    rmSync(textPath, { force: true })
  }
}
