import { damagedDicom } from './damaged.ts'

/** Sixteen numbers of four bytes: how many segments there are, and where each of them begins (PS3.5, G.3). */
const HEADER_BYTES = 64

/**
 * Unpacks a frame of DICOM's run lengths: a segment for each byte of each sample, the highest first.
 *
 * @returns the samples as they are not compressed: each with its bytes in the order of Intel, a sample after the other
 */
export function unpackRunLengths(
  frame: Buffer,
  {
    pixels,
    samples,
    bytes,
  }: { readonly pixels: number; readonly samples: number; readonly bytes: number },
): Buffer {
  const count = frame.readUInt32LE(0)
  if (count !== samples * bytes) throw damagedDicom()
  const whole = Buffer.alloc(pixels * samples * bytes)
  for (let segment = 0; segment < count; segment++) {
    const start = frame.readUInt32LE(4 + segment * 4)
    const end = segment + 1 < count ? frame.readUInt32LE(8 + segment * 4) : frame.length
    if (start < HEADER_BYTES || end > frame.length || start > end) {
      throw damagedDicom()
    }
    const sample = Math.floor(segment / bytes)
    const byte = bytes - 1 - (segment % bytes)
    unpackSegment(frame.subarray(start, end), whole, {
      first: sample * bytes + byte,
      step: samples * bytes,
      count: pixels,
    })
  }
  return whole
}

/** PackBits, of which each byte goes to a place of its own. */
function unpackSegment(
  packed: Buffer,
  into: Buffer,
  { first, step, count }: { readonly first: number; readonly step: number; readonly count: number },
): void {
  let at = 0
  let done = 0
  while (done < count) {
    const head = packed[at]
    if (head === undefined) throw damagedDicom()
    at += 1
    if (head === 128) continue
    const isRun = head > 128
    const length = Math.min(isRun ? 257 - head : head + 1, count - done)
    for (let index = 0; index < length; index++) {
      into[first + (done + index) * step] = packed[isRun ? at : at + index] ?? 0
    }
    at += isRun ? 1 : length
    done += length
  }
}
