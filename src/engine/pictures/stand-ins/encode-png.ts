import { deflateSync } from 'node:zlib'
import type { Size } from '../dimensions.ts'
import { pngChunk } from '../headers/png-chunk.ts'

/** Pixels of 8 bits a sample: grey, RGB, or RGB with alpha. */
export interface Pixels extends Size {
  readonly channels: 1 | 3 | 4
  readonly pixels: Uint8Array
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

/** How a PNG calls the colours of so many channels (PNG, third edition, 11.2.1). */
const COLOUR_TYPES = { 1: 0, 3: 2, 4: 6 } as const

/** Writes a small picture as a PNG, in memory and without libvips, which no thread needs for that. */
export function encodePng({ width, height, channels, pixels }: Pixels): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, COLOUR_TYPES[channels]], 8)
  const rowBytes = width * channels
  // Each row begins with its filter, which is none.
  const rows = Buffer.alloc((rowBytes + 1) * height)
  for (let y = 0; y < height; y++) {
    rows.set(pixels.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1)
  }
  return Buffer.concat([
    SIGNATURE,
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows, { level: 1 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}
