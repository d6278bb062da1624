import { OperationError } from '../../../base/operation-error.ts'
import type { ReadableFile } from '../../../sources/open-file.ts'
import { FRAME_OF_JPEG_LS, type JpegStream, readJpegStream } from './jpeg-stream.ts'
import type { Patch } from './mended-file.ts'

const END = Buffer.from([0xff, 0xd9])
const NUMBER_OF_LINES = Buffer.from([0xff, 0xdc, 0x00, 0x04])

/** How much of a file is looked through at a time, in bytes. */
const CHUNK_BYTES = 1024 ** 2

/** What no decoder here knows, by the marker of the frame (ITU-T T.81, table B.1). */
const UNKNOWN_FRAMES: Readonly<Record<number, string>> = {
  0xc5: 'a picture in stages of sizes',
  0xc6: 'a picture in stages of sizes',
  0xc7: 'a picture in stages of sizes',
  0xcb: 'samples that are compressed without loss',
  0xcd: 'a picture in stages of sizes',
  0xce: 'a picture in stages of sizes',
  0xcf: 'a picture in stages of sizes',
  [FRAME_OF_JPEG_LS]: 'a picture of JPEG-LS',
}

/** What makes a JPEG one that libvips reads, and whether that is still to be checked with all of its pixels. */
export interface JpegMending {
  readonly patches: readonly Patch[]
  /** Whether the picture may be incomplete, which only decoding it tells. */
  readonly mayBeCut: boolean
}

/**
 * Finds what a JPEG lacks whose picture may be all there: the mark of its end, or the number of its rows, which may be told
 * behind them.
 *
 * @returns undefined when it lacks nothing
 * @throws {@link OperationError} source_feature_unsupported when no decoder knows how it is coded
 */
export function mendJpeg(file: ReadableFile): JpegMending | undefined {
  const stream = readJpegStream(file)
  refuseUnknown(stream)
  if (stream.scan === undefined) return undefined
  const patches: Patch[] = []
  if (stream.rows?.count === 0) {
    const at = indexOf(file, NUMBER_OF_LINES, stream.scan)
    if (at === undefined) return undefined
    const rows = file.read(at + NUMBER_OF_LINES.length, 2)
    patches.push({ at: stream.rows.at, bytes: rows })
  }
  const mayBeCut =
    !file.read(file.size - END.length, END.length).equals(END) &&
    indexOf(file, END, stream.scan) === undefined
  if (mayBeCut) patches.push({ at: file.size, bytes: END })
  return patches.length === 0 ? undefined : { patches, mayBeCut }
}

function refuseUnknown({ frame, precision }: JpegStream): void {
  const unknown = frame === undefined ? undefined : UNKNOWN_FRAMES[frame]
  const isDeep = precision !== undefined && precision > 8
  const has = unknown ?? (isDeep ? `${precision} bits a sample` : undefined)
  if (has === undefined) return
  const feature = `${has}, where baseline and progressive JPEGs of 8 bits can be read`
  throw new OperationError('source_feature_unsupported', { feature })
}

/** Where bytes stand in a file, from a place on. */
function indexOf(file: ReadableFile, wanted: Buffer, from: number): number | undefined {
  for (let at = from; at < file.size; at += CHUNK_BYTES - wanted.length + 1) {
    const found = file.read(at, CHUNK_BYTES).indexOf(wanted)
    if (found !== -1) return at + found
  }
  return undefined
}
