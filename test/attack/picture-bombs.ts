import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'
import { pngChunk } from '../support/png.ts'

/** As many pixels wide and high as pictures may be: 16383² is the most that is taken unless configured otherwise. */
const SIDE = 16_383

const MEGABYTE = 1024 ** 2

/** Deflates as many zeros as are told to a thousandth, without making them all. */
function deflatedZeros(length: number): Buffer {
  const piece = deflateRawSync(Buffer.alloc(MEGABYTE), { finishFlush: constants.Z_FULL_FLUSH })
  const rest = deflateRawSync(Buffer.alloc(length % MEGABYTE))
  const checksum = Buffer.alloc(4)
  // Adler-32 of nothing but zeros.
  checksum.writeUInt16BE(length % 65_521)
  checksum.writeUInt16BE(1, 2)
  const pieces = Array<Buffer>(Math.floor(length / MEGABYTE)).fill(piece)
  return Buffer.concat([Buffer.from([0x78, 0xda]), ...pieces, rest, checksum])
}

/** A PNG of two gigabytes of 16-bit RGBA in two megabytes; interlaced, so that none of it is there before all of it is. */
export function inflatingPng(): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(SIDE)
  header.writeUInt32BE(SIDE, 4)
  header.set([16, 6, 0, 0, 1], 8)
  // The rows of the seven passes, each with a byte that says how it is filtered.
  const passes = [
    [0, 8, 0, 8],
    [4, 8, 0, 8],
    [0, 4, 4, 8],
    [2, 4, 0, 4],
    [0, 2, 2, 4],
    [1, 2, 0, 2],
    [0, 1, 1, 2],
  ] as const
  const bytes = passes.reduce((sum, [left, right, top, down]) => {
    const width = Math.ceil((SIDE - left) / right)
    const height = Math.ceil((SIDE - top) / down)
    return sum + height * (1 + width * 8)
  }, 0)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflatedZeros(bytes)),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** Bits, the lowest of each byte first, as WebP and GIF have them. */
function lowBits(...values: (readonly [value: number, count: number])[]): Buffer {
  const all = values.reduce((sum, [, count]) => sum + count, 0)
  const bytes = Buffer.alloc(Math.ceil(all / 8) + 8)
  let at = 0
  for (const [value, count] of values) {
    for (let bit = 0; bit < count; bit += 1, at += 1) {
      bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (((value >> bit) & 1) << (at & 7))
    }
  }
  return bytes
}

/** A lossless WebP of one colour in some fifty bytes, none of which is about a single pixel: decoded it takes a gigabyte. */
export function plainWebp(): Buffer {
  const oneSymbol = [
    [1, 1],
    [0, 1],
    [0, 1],
    [0, 1],
  ] as const
  const data = lowBits(
    [0x2f, 8],
    [SIDE - 1, 14],
    [SIDE - 1, 14],
    [1, 1],
    [0, 3],
    // No transform, no cache of colours, one group of codes, with one symbol each.
    [0, 1],
    [0, 1],
    [0, 1],
    ...Array.from({ length: 5 }, () => oneSymbol).flat(),
  )
  return riff([['VP8L', data]])
}

function riff(chunks: readonly (readonly [string, Buffer])[]): Buffer {
  const parts = chunks.map(([name, data]) => {
    const head = Buffer.from(`${name}\0\0\0\0`, 'latin1')
    head.writeUInt32LE(data.length, 4)
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
  })
  const body = Buffer.concat([Buffer.from('WEBP'), ...parts])
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}

/** A progressive JPEG in grey with so many scans, each of which is about all of its blocks in a few bytes. */
export function manyScansJpeg(scans: number): Buffer {
  const blocks = Math.ceil(SIDE / 8) ** 2
  // A table with one code of one bit, for category 0; and one with one code, of which the bits behind it tell how many blocks end.
  const dcTable = segment(0xc4, [0x00, 1, ...Array<number>(15).fill(0), 0])
  const acTable = segment(0xc4, [0x10, 1, ...Array<number>(15).fill(0), 0xe0])
  const size = [SIDE >> 8, SIDE & 0xff]
  const dc = Buffer.concat([
    segment(0xda, [1, 1, 0x00, 0, 0, 0]),
    Buffer.alloc(Math.ceil(blocks / 8)),
  ])
  const ac = Buffer.concat([segment(0xda, [1, 1, 0x00, 1, 63, 0]), runsOf(blocks)])
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, [0, ...Array<number>(64).fill(1)]),
    segment(0xc2, [8, ...size, ...size, 1, 1, 0x11, 0]),
    dcTable,
    acTable,
    dc,
    ...Array<Buffer>(scans).fill(ac),
    Buffer.from([0xff, 0xd9]),
  ])
}

/** Says of so many blocks that they have nothing more, 16,384 at a time. */
function runsOf(blocks: number): Buffer {
  // The one code there is, and fourteen bits of which each is 0.
  return Buffer.alloc(Math.ceil((Math.ceil(blocks / 16_384) * 15) / 8))
}

function segment(marker: number, data: readonly number[]): Buffer {
  const length = data.length + 2
  return Buffer.from([0xff, marker, length >> 8, length & 0xff, ...data])
}

/** A GIF of so many frames on a canvas of 268 megapixels, which the first of them fills and the others have a pixel of. */
export function manyFramesGif(frames: number): Buffer {
  const side = [SIDE & 0xff, SIDE >> 8]
  const first = [0x2c, 0, 0, 0, 0, ...side, ...side, 0, 2]
  const frame = [0x21, 0xf9, 4, 0x08, 1, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]
  return Buffer.concat([
    Buffer.from('GIF89a'),
    Buffer.from([...side, ...side, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
    Buffer.from(first),
    inBlocks(lzwZeros(SIDE * SIDE)),
    ...Array<Buffer>(frames - 1).fill(Buffer.from(frame)),
    Buffer.from([0x3b]),
  ])
}

/** So many zeros as GIF compresses pixels of two bits: each code is of a run that is longer by one, up to the last code there is. */
function lzwZeros(count: number): Buffer {
  const [clear, end, last] = [4, 5, 4095]
  const codes: [value: number, bits: number][] = [[clear, 3]]
  let bits = 3
  let longest = 1
  for (let left = count; left > 0;) {
    const length = Math.min(longest, left)
    codes.push([length === 1 ? 0 : length + 4, bits])
    left -= length
    if (longest < last - 4) longest += 1
    // The decoder has learnt one code fewer than there are.
    if (longest + 4 >= 2 ** bits && bits < 12) bits += 1
  }
  return lowBits(...codes, [end, bits])
}

/** As GIF has its data: in blocks that say how long they are, and an empty one. */
function inBlocks(data: Buffer): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255)
    blocks.push(Buffer.from([block.length]), block)
  }
  return Buffer.concat([...blocks, Buffer.from([0])])
}

/** A TIFF of one strip, deflated, of 268 megapixels in 16-bit RGB, all of which libtiff has to have at once. */
export function oneStripTiff(): Buffer {
  const strip = deflatedZeros(SIDE * SIDE * 6)
  const entries = [
    [256, 4, SIDE],
    [257, 4, SIDE],
    [258, 3, 16],
    [259, 3, 8],
    [262, 3, 2],
    [273, 4, 8],
    [277, 3, 3],
    [278, 4, SIDE],
    [279, 4, strip.length],
    [284, 3, 1],
  ] as const
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1')
  head.writeUInt32LE(8 + strip.length, 4)
  const directory = Buffer.alloc(2 + entries.length * 12 + 4)
  directory.writeUInt16LE(entries.length)
  for (const [index, [tag, type, value]] of entries.entries()) {
    const at = 2 + index * 12
    directory.writeUInt16LE(tag, at)
    directory.writeUInt16LE(type, at + 2)
    directory.writeUInt32LE(1, at + 4)
    directory.writeUInt32LE(value, at + 8)
  }
  return Buffer.concat([head, strip, directory])
}

/** An AVIF of one colour, as sharp makes it of 268 black megapixels, deflated: decoded it takes four gigabytes. */
const AVIF = [
  'Y2BgkEkrqSxILMtMY2BgYMjNTDMEsXMzE0H8a7mpJYkMEKCYkZJTBGUzFGQmlzCgAaXMnPxkEMPFgYGRgREs9gtKM/DsYWBgUM7M',
  'zANbAxYVzcxLS2WC8hLLDAxBTL6CzJJcuJKwzIKiAgYGBovMguR8kCmJZYbOjfI8IHmRzOKCVIjh9v8hmEGgILMiEyTCzMHBwcDA',
  'IJZZkAtzPyMDI3MjEzMDA8+R3JTEEiEGLm757/X//v9cxCTFy2G0SlKC+e/Dh67l////2PxBgSHr/Cmt75KVd0OVFL/MYN5507Pm',
  'tLhEwkeP6wdmNgpeEsqobpq5W7n5Vqj/yyubN57I9+I5v9TYuYuP4cyb6SJFKtL5zvZR7Aa9zAtvTn7GJeN9ff9Tn0m125JT7rMe',
  'rBdfPXPhgqCg3WkzuH0OOJyb3JCBsOvhrS8HSwRnrYs4Z9r0smdyi8L3t7Ln7fqeRpY5ROce7hSpun/sqcxb1jnpsjxTRRlCzu90',
  'uD211u39aY2gpQHdHJl1+3ruWmrrHRaQV+ntqFnZ177/x0XFCM/j3O8Xvfi+b+mBUZtGbRoomzJhNin+mB31ovRZ7vs+1019u4yM',
  'ft/bsHtnxbR9gkITZ+keTuo7wBpTZiR1ZTsf7+eFtzh3Bezrcj46e97ndxfk/qavnHFk++LKWtM/3zQ5PsaWb/yy7t/87lUbls57',
  '8Uv3wScju55LyZZMCxLOn9IUOjmb24oj+mKKkPO3ousHliSysF6+OlXO5lfw8Xn/Nq5+u3Dz1pBwpe0TfOZv+eJyfdMrm5PRjicr',
  'Fyz7Xbxt9yTe21Nav67cL3V7003Zah/1FSvF9VpLKk8s/a/YEBMrl278YdSGURuoZcNoxhi1YdSG0YwxasPwsIHmFgAA',
].join('')

/** See {@link AVIF}; in 3.5 kilobytes. */
export function plainAvif(): Buffer {
  return inflateRawSync(Buffer.from(AVIF, 'base64'))
}
