import { METRES, type Resolution } from '../../pictures/headers/resolution.ts'

const BOX_HEAD_BYTES = 8
/** A resolution box with one of the default display in it. */
const RESOLUTION_BYTES = 26
const MOST_SHORT = 65_535

/** Has a JP2 file say its resolution, which it counts by the metre (ITU-T T.800, I.5.3.7). */
export function withJp2Resolution(file: Buffer, { x, y }: Resolution): Buffer {
  const { start, end } = findHeader(file)
  const box = Buffer.from('\0\0\0\x1ares \0\0\0\x12resd\0\0\0\x01\0\0\0\x01\0\0', 'latin1')
  for (const [part, dots] of [y, x].entries()) {
    const exponent = Math.max(0, Math.ceil(Math.log10(dots / METRES / MOST_SHORT)))
    box.writeUInt16BE(Math.round(dots / METRES / 10 ** exponent), 16 + part * 4)
    box.writeInt8(exponent, 24 + part)
  }
  const stamped = Buffer.concat([file.subarray(0, end), box, file.subarray(end)])
  stamped.writeUInt32BE(end - start + RESOLUTION_BYTES, start)
  return stamped
}

/** Where the box is that says what the picture is like. */
function findHeader(file: Buffer): { readonly start: number; readonly end: number } {
  let start = 0
  while (start + BOX_HEAD_BYTES <= file.length) {
    const end = start + file.readUInt32BE(start)
    if (file.toString('latin1', start + 4, start + 8) === 'jp2h') return { start, end }
    if (end <= start) break
    start = end
  }
  throw new RangeError('a JP2 file without a header was made')
}
