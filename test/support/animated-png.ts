import { quarters } from './pictures.ts'
import { pngChunk } from './png.ts'

/** A PNG that says it has so many frames (APNG 1.0), of which it has the first. */
export async function animatedPng(frames: number): Promise<Buffer> {
  const png = await quarters(60, 40).png({ compressionLevel: 0 }).toBuffer()
  const control = Buffer.alloc(8)
  control.writeUInt32BE(frames)
  const afterHeader = 8 + 25
  const pieces = [png.subarray(0, afterHeader), pngChunk('acTL', control)]
  return Buffer.concat([...pieces, png.subarray(afterHeader)])
}
