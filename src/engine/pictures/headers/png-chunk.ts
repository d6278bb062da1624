import { crc32 } from 'node:zlib'
import { METRES, type Resolution } from './resolution.ts'

/** Writes a chunk of a PNG file (PNG specification, section 5.3). */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const chunk = Buffer.allocUnsafe(data.length + 12)
  chunk.writeUInt32BE(data.length, 0)
  chunk.write(type, 4, 'latin1')
  chunk.set(data, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, data.length + 8)), data.length + 8)
  return chunk
}

/**
 * The chunk that tells a resolution. Without one it says that a pixel is as wide as it is high, which is what its absence
 * means.
 */
export function pngResolution(resolution: Resolution | undefined): Buffer {
  const { x, y } = resolution ?? { x: METRES, y: METRES }
  const data = Buffer.alloc(9)
  data.writeUInt32BE(Math.round(x / METRES), 0)
  data.writeUInt32BE(Math.round(y / METRES), 4)
  data.writeUInt8(resolution === undefined ? 0 : 1, 8)
  return pngChunk('pHYs', data)
}
