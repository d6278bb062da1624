import { writeFileSync } from 'node:fs'
import { corruptSource, OperationError } from '../../../../base/operation-error.ts'
import { KNOWN_FORMATS } from '../../../../sources/formats.ts'
import { type ReadableFile, withDrawing } from '../../../../sources/open-file.ts'
import type { StandInRequest } from '../stand-in.ts'
import type { EmfPlayer } from './emf-player.ts'
import { EMF_RECORDS } from './emf-records.ts'
import { createPlayer } from './player.ts'
import { readRecord } from './records.ts'

/** More records than any drawing has that is not made to keep its reader busy. */
const MOST_RECORDS = 3_000_000

/** The most that a record may have, in bytes: four million points, or a bitmap. */
const MOST_RECORD_BYTES = 16_000_000
const MOST_BITMAP_BYTES = 256_000_000

/** The records that have a bitmap in them ([MS-EMF], 2.1.1). */
const OF_BITMAPS: ReadonlySet<number> = new Set([76, 77, 78, 79, 80, 81, 93, 94, 114, 116])

const HEADER_BYTES = 88
const END = 14
const COMMENT = 70

/** What a comment begins with that has records of GDI+, and the flag of its header that all of it is there without them. */
const PLUS_COMMENT = 'EMF+'
const PLUS_HEADER = 0x4001
const IS_DUAL = 1

const MILLIMETRES_PER_INCH = 25.4
const PIXELS_PER_INCH = 96

/**
 * Writes an EMF file ([MS-EMF]), compressed or not, as an SVG, of the size that its frame has on paper.
 *
 * @throws {@link OperationError} source_corrupt, source_too_large, source_exceeds_limit, or source_feature_unsupported when all that it draws is in
 *   records of GDI+
 */
export function writeEmfDrawing({ path, standInPath }: StandInRequest): boolean {
  const svg = withDrawing(path, KNOWN_FORMATS.emf.title, drawEmf)
  writeFileSync(standInPath, svg)
  return true
}

function drawEmf(file: ReadableFile): string {
  const header = readRecord(file.read(0, HEADER_BYTES), 8)
  const rectangle = () => ({
    left: header.long(),
    top: header.long(),
    right: header.long(),
    bottom: header.long(),
  })
  const bounds = rectangle()
  const frame = rectangle()
  const device = readRecord(header.bytes, 72)
  const pixels = { x: device.long(), y: device.long() }
  const millimetres = { x: device.long(), y: device.long() }
  const player: EmfPlayer = { ...createPlayer(), tools: new Map() }
  play(file, player)
  // Units of the device become pixels of 96 an inch; where nobody says how large they are they are such pixels.
  const scale = {
    x: scaleOf(millimetres.x, pixels.x),
    y: scaleOf(millimetres.y, pixels.y),
  }
  const perHundredth = PIXELS_PER_INCH / MILLIMETRES_PER_INCH / 100
  const hasFrame = frame.right > frame.left && frame.bottom > frame.top
  const shown = hasFrame
    ? {
        left: frame.left * perHundredth,
        top: frame.top * perHundredth,
        width: (frame.right - frame.left) * perHundredth,
        height: (frame.bottom - frame.top) * perHundredth,
      }
    : {
        left: bounds.left * scale.x,
        top: bounds.top * scale.y,
        width: (bounds.right - bounds.left + 1) * scale.x,
        height: (bounds.bottom - bounds.top + 1) * scale.y,
      }
  if (!(shown.width > 0 && shown.height > 0)) throw corruptSource(KNOWN_FORMATS.emf.title)
  return player.drawing.finish(shown, {
    a: scale.x,
    b: 0,
    c: 0,
    d: scale.y,
    e: -shown.left,
    f: -shown.top,
  })
}

function scaleOf(millimetres: number, pixels: number): number {
  if (millimetres <= 0 || pixels <= 0) return 1
  return ((millimetres / pixels) * PIXELS_PER_INCH) / MILLIMETRES_PER_INCH
}

function play(file: ReadableFile, player: EmfPlayer): void {
  let at = 0
  let isPlusAlone = false
  for (let left = MOST_RECORDS; left > 0; left -= 1) {
    const head = file.read(at, 8)
    // Files are cut at their end without harm more often than not.
    if (head.length < 8) throw corruptSource(KNOWN_FORMATS.emf.title)
    const [type, length] = [head.readUInt32LE(0), head.readUInt32LE(4)]
    if (length < 8 || at + length > file.size) throw corruptSource(KNOWN_FORMATS.emf.title)
    const most = OF_BITMAPS.has(type) ? MOST_BITMAP_BYTES : MOST_RECORD_BYTES
    if (length > most && EMF_RECORDS[type] !== undefined) {
      const fields = { most: most / 1_000_000, of: 'MB in one of its records' }
      throw new OperationError('source_exceeds_limit', fields)
    }
    if (type === END) break
    const record = EMF_RECORDS[type]
    if (record !== undefined) {
      record(readRecord(file.read(at, length), 8), player)
    } else if (type === COMMENT) isPlusAlone ||= isOfPlusAlone(file.read(at, Math.min(length, 64)))
    at += length
  }
  if (isPlusAlone && player.drawing.bounds() === undefined) {
    throw new OperationError('source_feature_unsupported', {
      feature: 'records of GDI+ alone (EMF+), which are not drawn here; save it as EMF+ Dual',
    })
  }
}

function isOfPlusAlone(comment: Buffer): boolean {
  if (comment.length < 32 || comment.toString('latin1', 12, 16) !== PLUS_COMMENT) return false
  return comment.readUInt16LE(16) === PLUS_HEADER && (comment.readUInt16LE(18) & IS_DUAL) === 0
}
