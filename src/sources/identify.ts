import { OperationError } from '../base/operation-error.ts'
import { decoderOf } from './encoding/decoder.ts'
import { type Hints, type NamedText, readHint } from './format-lookup.ts'
import { isGzipped, readPart, unzipStart, withOpenFile } from './open-file.ts'
import { hasPdfHeader, isPostScriptPdf, isRepairablePdf } from './pdf-header.ts'
import { isRawPhoto } from './raw-photo.ts'
import { askLibrary, type Content, findSignature } from './signatures.ts'
import {
  decodeStart,
  identifyText,
  isFlatPackage,
  isWithinMailHeader,
  isWithinProlog,
} from './text-format.ts'
import { findZipStart } from './zip-start.ts'

/** How many bytes of a file tell what it is: a drawing may begin with comments and entities. */
export const START_BYTES = 8192

/** As much is read of a file that is still within comments and declarations, or the header of a mail, by then. */
const LONG_START_BYTES = 4 * 1024 ** 2

/** A file that renditions are made of, and what it is. */
export interface IdentifiedSource {
  readonly path: string
  /** What it is by its content; undefined when it is nothing that this project knows. */
  readonly content: Content | undefined
  /** Its first {@link START_BYTES} bytes, or all of a shorter one. */
  readonly start: Uint8Array
  /** What someone calls it. */
  readonly hints: Hints
}

/**
 * Tells what a source is, for all that is made of it: its start is read here and nowhere else.
 *
 * @throws {@link OperationError} source_unreadable when there is no such file
 */
export async function identifySource(path: string, hints: Hints = {}): Promise<IdentifiedSource> {
  const start = readStart(path)
  const told =
    start.length === START_BYTES && isWithinOpening(decodeStart(start))
      ? readStart(path, LONG_START_BYTES)
      : start
  const content = await identifyContent(told, hints)
  // What tells the one from the other may stand at the end of the file.
  const isRaw = content === 'tiff' && withOpenFile(path, ({ read }) => isRawPhoto(read))
  return { path, content: isRaw ? 'raw' : content, start, hints }
}

/**
 * Tells what a file is by its content. Only between kinds of text does it matter what someone calls the file.
 *
 * @param start - the first {@link START_BYTES} bytes of the file, or all of it when it is shorter
 * @returns undefined when the bytes are nothing that this project knows
 */
export async function identifyContent(
  start: Buffer,
  hints: Hints = {},
): Promise<Content | undefined> {
  const hint = readHint(hints)
  // A text without characters is one; nothing else is.
  if (start.length === 0) return hint
  if (isGzipped(start)) return identifyCompressed(unzipStart(start))
  if (isPostScriptPdf(start)) return 'pdf'
  const content = findSignature(start) ?? (await askLibrary(start))
  if (content !== undefined) return content
  const text = decodeStart(start)
  // Blanks may come before the first group.
  if (/^\s*\{\\rtf/.test(text)) return 'rtf'
  // AI files have a PDF in them, unless they are very old. A text that is called one may tell of a PDF.
  if (hasPdfHeader(start) || (hint === undefined && isRepairablePdf(start))) return 'pdf'
  if (isFlatPackage(text)) return 'package'
  return identifyText(text, hint) ?? identifyBehind(start) ?? (await identifyWide(start, hint))
}

/** A package may have something in front of it. */
function identifyBehind(start: Buffer): Content | undefined {
  return findZipStart(start.subarray(0, START_BYTES)) === undefined ? undefined : 'package'
}

/** A drawing may be compressed, and so may an archive or whatever else. */
function identifyCompressed(unzipped: Buffer): Content {
  const signature = findSignature(unzipped)
  if (signature === 'emf' || signature === 'wmf') return signature
  const short = decodeStart(unzipped.subarray(0, START_BYTES))
  const text = isWithinProlog(short) ? decodeStart(unzipped.subarray(0, LONG_START_BYTES)) : short
  return identifyText(text) === 'svg' ? 'svg' : 'gzip'
}

/** What a text in UTF-16 or UTF-32 is that does not say so. */
async function identifyWide(
  start: Buffer,
  hint: NamedText | undefined,
): Promise<Content | undefined> {
  // Loaded only now: it knows the letters of languages, and hardly any source comes so far.
  const { recognizeWide } = await import('./encoding/wide.ts')
  const encoding = recognizeWide(start)
  return encoding && identifyText(decoderOf(encoding).decode(start), hint)
}

function isWithinOpening(text: string): boolean {
  return isWithinProlog(text) || isWithinMailHeader(text)
}

function readStart(path: string, bytes = START_BYTES): Buffer {
  try {
    return readPart(path, 0, bytes)
  } catch (error) {
    throw new OperationError('source_unreadable', {}, { cause: error })
  }
}
