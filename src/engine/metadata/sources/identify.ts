import { extname } from 'node:path'
import { OperationError } from '../../../base/operation-error.ts'
import { readArchive } from '../../../packages/read-parts.ts'
import { isGzipped, unzipStart } from '../../../sources/gzip.ts'
import { identifyFormat } from '../../../sources/source-format.ts'
import { readSourceStart } from '../../../sources/source-start.ts'
import {
  ARCHIVES,
  MOVIE_BRANDS,
  MP4,
  PICTURES,
  SIGNATURES,
  type SourceKind,
  TEXTS,
  TITLES,
} from './kinds.ts'

/** Boxes that a movie of QuickTime begins with when it has no `ftyp` before them. */
const MOVIE_BOX = /^(?:ftyp|moov|mdat|wide|skip|pnot)$/

/**
 * Tells the kind of a source by its content. The name is asked for a text alone, which may be CSV.
 *
 * @throws {@link OperationError} when the file is empty, or none that metadata are read from
 */
export async function identifySource(path: string): Promise<SourceKind> {
  const start = readSourceStart(path)
  if (start.length === 0) throw new OperationError('source_empty', {})
  const kind =
    identifyPicture(start) ??
    SIGNATURES.find(({ signature }) => signature.test(start.toString('hex', 0, 1024))) ??
    identifyMovie(start) ??
    (await identifyArchive(path, start)) ??
    identifyText(start, path)
  if (kind) return kind
  throw new OperationError('source_no_metadata', { taken: TITLES })
}

function identifyPicture(start: Buffer): SourceKind | undefined {
  // An SVG may be compressed; anything else that is, is no picture.
  const title = identifyFormat(toUtf8(isGzipped(start) ? unzipStart(start) : start))?.title
  return Object.entries(PICTURES)
    .filter(([name]) => name === title)
    .map(([name, kind]) => ({ title: name, ...kind }))[0]
}

/** An SVG may be in UTF-16 as well; no other picture begins with a byte order mark. */
function toUtf8(start: Buffer): Buffer {
  const mark = start.toString('hex', 0, 2)
  if (mark !== 'fffe' && mark !== 'feff') return start
  const even = Buffer.from(start.subarray(0, start.length - (start.length % 2)))
  return Buffer.from((mark === 'feff' ? even.swap16() : even).toString('utf16le'))
}

function identifyMovie(start: Buffer): SourceKind | undefined {
  const box = start.toString('latin1', 4, 8)
  if (!MOVIE_BOX.test(box)) return undefined
  const brand = box === 'ftyp' ? start.toString('latin1', 8, 12) : 'qt  '
  return MOVIE_BRANDS[brand] ?? MP4
}

/** @throws {@link OperationError} when an archive is damaged */
async function identifyArchive(path: string, start: Buffer): Promise<SourceKind | undefined> {
  if (!start.toString('latin1', 0, 4).startsWith('PK\x03\x04')) return undefined
  const parts = await readArchive(path, ['mimetype'])
  const name = [parts.contents.get('mimetype')?.toString('latin1').trim() ?? '', ...parts.names]
    // A template has the suffix, and is of the same kind for whoever reads it.
    .map((each) => each.replace(/-template$/, ''))
    .find((each) => Object.hasOwn(ARCHIVES, each))
  return name === undefined ? undefined : ARCHIVES[name]
}

function identifyText(start: Buffer, path: string): SourceKind | undefined {
  const isWide = /^(?:fffe|feff)/.test(start.toString('hex', 0, 2))
  const text = start.toString(isWide ? 'utf16le' : 'latin1')
  // Control characters that no text has; in UTF-16, half of the bytes of most texts are zero.
  // oxlint-disable-next-line no-control-regex -- it is these characters that tell
  if (!isWide && /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text)) return undefined
  if (/^(?:\xEF\xBB\xBF|\uFEFF)?\s*(?:<!--[^]*?-->\s*)?<(?:!doctype\s+)?html/i.test(text))
    return TEXTS.HTML
  if (/<(?:!doctype\s+)?html[\s>]/i.test(text) && /^\s*</.test(text)) return TEXTS.HTML
  if (/^(?:\xEF\xBB\xBF|\uFEFF)?\s*<\?xml\s/.test(text)) return TEXTS.XML
  return extname(path).toLowerCase() === '.csv' ? TEXTS.CSV : TEXTS.text
}
