import type { ReadableStream } from 'node:stream/web'
import { ServiceError } from '../base/errors.ts'
import { type PartHeader, parsePartHeader } from './part-header.ts'
import { openPartScanner } from './part-scanner.ts'

/** A part of a form: a field, or a file. */
export interface Part extends PartHeader {
  /** To be read before the next part is asked for; what is not read by then is passed over. */
  readonly content: AsyncIterable<Uint8Array>
}

/** How much of what a form may have. */
export interface PartLimits {
  readonly mostParts: number
  /** In bytes; also of what comes before the first part and after the last. */
  readonly mostHeaderBytes: number
}

/** The limits of a form that people and programs fill in. */
export const PART_LIMITS: PartLimits = { mostParts: 200, mostHeaderBytes: 16 * 1024 }

/** The longest value of a field, in bytes. */
export const MOST_FIELD_BYTES = 64 * 1024

/**
 * Reads a body of the type multipart/form-data part by part, in the memory of one chunk, however large its files are.
 *
 * @param contentType - that of the request
 * @throws {ServiceError} `invalid` when it is not of this type, breaks off or is not to be understood; `too_large` when it
 * has more than it may have. The content of a part throws likewise.
 */
export async function* readParts(
  body: ReadableStream<Uint8Array> | null,
  contentType: string,
  limits: PartLimits = PART_LIMITS,
): AsyncGenerator<Part, void, void> {
  const scanner = openPartScanner(body, boundaryOf(contentType), limits.mostHeaderBytes)
  try {
    await scanner.skipPreamble()
    for (let parts = 0; await scanner.hasPart(); parts += 1) {
      if (parts === limits.mostParts) {
        throw new ServiceError('too_large', `A form may have at most ${limits.mostParts} parts.`)
      }
      const header = parsePartHeader(await scanner.readHeader())
      let isCurrent = true
      async function* readContent(): AsyncGenerator<Uint8Array, void, void> {
        for (;;) {
          if (!isCurrent) throw new Error('a part has to be read before the next one is asked for')
          const piece = await scanner.readContent()
          if (piece === undefined) return
          yield piece
        }
      }
      yield { ...header, content: readContent() }
      isCurrent = false
      while ((await scanner.readContent()) !== undefined);
    }
    await scanner.skipEpilogue()
  } finally {
    await scanner.close()
  }
}

/**
 * Reads a part that is a field.
 *
 * @throws {ServiceError} `too_large` when its value is longer than {@link MOST_FIELD_BYTES}
 */
export async function readField({ name, content }: Part): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of content) {
    bytes += piece.byteLength
    if (bytes > MOST_FIELD_BYTES) {
      const field = JSON.stringify(name.slice(0, 100))
      throw new ServiceError('too_large', `The field ${field} may have at most 64 KB.`)
    }
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
}

function boundaryOf(contentType: string): string {
  const parameter = /;[ \t]*boundary[ \t]*=[ \t]*(?:"([^"\r\n]+)"|([^"\s;][^\s;]*))/i
  const [, quoted, bare] = parameter.exec(contentType) ?? []
  const boundary = quoted ?? bare
  if (boundary !== undefined && /^[ \t]*multipart\/form-data[ \t]*;/i.test(contentType)) {
    return boundary
  }
  throw new ServiceError(
    'invalid',
    `Content-Type must be multipart/form-data with a boundary, but it is ${JSON.stringify(contentType.slice(0, 100))}.`,
  )
}
