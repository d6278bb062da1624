import type { Piece } from './pieces.ts'

/** How pixels share their differences of colours: how many across and down, and whether those stand in planes of their own. */
interface Shared {
  readonly across: number
  readonly down: number
  readonly inPlanes: boolean
}

type Shape = Pick<Piece, 'plane' | 'rows' | 'rowBytes'>

/** Brightness and both differences (TIFF 6.0, section 21). */
const SAMPLES = 3

/** How many bytes a piece has without compression. */
export function packedLength({ plane, rows, rowBytes }: Shape, shared: Shared): number {
  const { across, down, inPlanes } = shared
  if (inPlanes && plane === 0) return rowBytes * rows
  const blocks =
    Math.ceil((inPlanes ? rowBytes : rowBytes / SAMPLES) / across) * Math.ceil(rows / down)
  return inPlanes ? blocks : blocks * (across * down + 2)
}

/** Gives each pixel of a piece the samples that it shares with others: blocks of brightness with one of each difference behind. */
export function spreadColours(packed: Buffer, piece: Shape, shared: Shared): Buffer {
  return shared.inPlanes ? spreadPlane(packed, piece, shared) : spreadBlocks(packed, piece, shared)
}

function spreadPlane(
  packed: Buffer,
  { plane, rows, rowBytes }: Shape,
  { across, down }: Shared,
): Buffer {
  if (plane === 0) return packed
  const packedRow = Math.ceil(rowBytes / across)
  const spread = Buffer.alloc(rowBytes * rows)
  for (let y = 0; y < rows; y += 1) {
    const row = Math.floor(y / down) * packedRow
    for (let x = 0; x < rowBytes; x += 1)
      spread[y * rowBytes + x] = packed[row + Math.floor(x / across)] ?? 0
  }
  return spread
}

function spreadBlocks(packed: Buffer, { rows, rowBytes }: Shape, { across, down }: Shared): Buffer {
  const width = rowBytes / SAMPLES
  const pixels = across * down
  const spread = Buffer.alloc(rowBytes * rows)
  let block = 0
  for (let top = 0; top < rows; top += down) {
    for (let left = 0; left < width; left += across, block += pixels + 2) {
      for (let index = 0; index < pixels; index += 1) {
        const x = left + (index % across)
        const y = top + Math.floor(index / across)
        if (x >= width || y >= rows) continue
        const to = y * rowBytes + x * SAMPLES
        spread[to] = packed[block + index] ?? 0
        spread[to + 1] = packed[block + pixels] ?? 0
        spread[to + 2] = packed[block + pixels + 1] ?? 0
      }
    }
  }
  return spread
}
