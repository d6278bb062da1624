import { writeFileSync } from 'node:fs'
import { corruptSource } from '../../../../base/operation-error.ts'
import { KNOWN_FORMATS } from '../../../../sources/formats.ts'
import { type ReadableFile, withDrawing } from '../../../../sources/open-file.ts'
import type { Size } from '../../dimensions.ts'
import type { StandInRequest } from '../stand-in.ts'
import type { Box } from './arc.ts'
import { IDENTITY, type Matrix } from './matrix.ts'
import { createPlayer } from './player.ts'
import { readRecord } from './records.ts'
import { WMF_RECORDS, type WmfPlayer } from './wmf-records.ts'

/** More records than any drawing has that is not made to keep its reader busy. */
const MOST_RECORDS = 3_000_000

/** What a header begins with that says how large the drawing is ([MS-WMF], 2.3.2.3). */
const PLACEABLE = 0x9ac6_cdd7
const PLACEABLE_BYTES = 22
const HEADER_BYTES = 18

const PIXELS_PER_INCH = 96

/** As long is the longer side of a drawing of which nobody says how large it is, at the most, in pixels. */
const LONGEST_UNTOLD = 1024

/** The modes and records that matter before anything is drawn. */
const ANISOTROPIC = 8
const SET_WINDOW_EXTENT = 0x020c

/**
 * Writes a WMF file ([MS-WMF]), compressed or not, as an SVG, of the size that its header says, or else of the shape of its window.
 *
 * @throws {@link OperationError} source_corrupt, source_too_large or source_exceeds_limit
 */
export function writeWmfDrawing({ path, standInPath }: StandInRequest): boolean {
  const svg = withDrawing(path, KNOWN_FORMATS.wmf.title, drawWmf)
  writeFileSync(standInPath, svg)
  return true
}

function drawWmf(file: ReadableFile): string {
  const placeable = readPlaceable(file)
  const start = (placeable === undefined ? 0 : PLACEABLE_BYTES) + HEADER_BYTES
  const window = findWindow(file, start)
  const size = placeable?.size ?? (window && untoldSize(window))
  const player: WmfPlayer = { ...createPlayer(), tools: [], isPlaced: size !== undefined }
  const state = player.state()
  state.mapMode = ANISOTROPIC
  if (size !== undefined) {
    const box = placeable?.box ?? {
      left: 0,
      top: 0,
      right: window?.width ?? 1,
      bottom: window?.height ?? 1,
    }
    state.windowOrigin = { x: box.left, y: box.top }
    state.windowExtent = { x: box.right - box.left, y: box.bottom - box.top }
    state.viewportExtent = { x: size.width, y: size.height }
  }
  for (const { code, bytes } of walkRecords(file, start)) {
    WMF_RECORDS[code]?.(readRecord(bytes, 6), player)
  }
  if (size !== undefined) return player.drawing.finish(size, IDENTITY)
  const { shown, matrix } = placeBounds(player.drawing.bounds())
  return player.drawing.finish(shown, matrix)
}

function readPlaceable({
  read,
}: ReadableFile): { readonly box: Box; readonly size: Size } | undefined {
  const header = read(0, PLACEABLE_BYTES)
  if (header.length < PLACEABLE_BYTES || header.readUInt32LE(0) !== PLACEABLE) return undefined
  const reader = readRecord(header, 6)
  const [left, top, right, bottom] = [
    reader.short(),
    reader.short(),
    reader.short(),
    reader.short(),
  ]
  const perInch = reader.word() || PIXELS_PER_INCH
  const box = { left, top, right, bottom }
  const width = (Math.abs(right - left) * PIXELS_PER_INCH) / perInch
  const height = (Math.abs(bottom - top) * PIXELS_PER_INCH) / perInch
  return width > 0 && height > 0 ? { box, size: { width, height } } : undefined
}

/** The first window that a drawing sets, which is all of it. */
function findWindow(file: ReadableFile, start: number): Size | undefined {
  for (const { code, bytes } of walkRecords(file, start)) {
    if (code !== SET_WINDOW_EXTENT || bytes.length < 10) continue
    const size = { height: Math.abs(bytes.readInt16LE(6)), width: Math.abs(bytes.readInt16LE(8)) }
    return size.width > 0 && size.height > 0 ? size : undefined
  }
  return undefined
}

function untoldSize({ width, height }: Size): Size {
  const scale = Math.min(1, LONGEST_UNTOLD / Math.max(width, height))
  return { width: width * scale, height: height * scale }
}

/** @throws {@link OperationError} source_corrupt when nothing is drawn */
function placeBounds(bounds: Box | undefined): { readonly shown: Size; readonly matrix: Matrix } {
  if (bounds === undefined) throw corruptSource(KNOWN_FORMATS.wmf.title)
  const { left, top, right, bottom } = bounds
  const whole = { width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
  const shown = untoldSize(whole)
  const scale = shown.width / whole.width
  const matrix = { ...IDENTITY, a: scale, d: scale, e: -left * scale, f: -top * scale }
  return { shown, matrix }
}

/** @throws {@link OperationError} source_corrupt when the file ends before it says that it does */
function* walkRecords(
  file: ReadableFile,
  start: number,
): Generator<{ readonly code: number; readonly bytes: Buffer }> {
  let at = start
  for (let left = MOST_RECORDS; left > 0; left -= 1) {
    const head = file.read(at, 6)
    if (head.length < 6) throw corruptSource(KNOWN_FORMATS.wmf.title)
    const length = head.readUInt32LE(0) * 2
    const code = head.readUInt16LE(4)
    if (code === 0) return
    if (length < 6 || at + length > file.size) throw corruptSource(KNOWN_FORMATS.wmf.title)
    yield { code, bytes: file.read(at, length) }
    at += length
  }
}
