import assert from 'node:assert/strict'
import { deflateRawSync } from 'node:zlib'
import { pngChunk } from '../../../../src/engine/pictures/headers/png-chunk.ts'
import {
  requireSoundHeader,
  unpackForTelephones,
} from '../../../../src/engine/pictures/mending/png.ts'

/** A PNG as Xcode writes it for iOS, RGBA of 8 bits. */
function forTelephones(
  width: number,
  height: number,
  data: Buffer,
  packed = deflateRawSync(data),
): Buffer {
  const header = Buffer.from('00000000000000000806000000', 'hex')
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('CgBI', Buffer.from('50002002', 'hex')),
    pngChunk('IHDR', header),
    pngChunk('IDAT', packed),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function unpack(png: Buffer): Buffer[] {
  return unpackForTelephones((at, length) => png.subarray(at, at + length))
}

describe('a PNG for telephones', () => {
  it('is unpacked up to what its header says', () => {
    const parts = unpack(forTelephones(4, 2, Buffer.alloc(2 * 17)))
    const names = parts.slice(1).map((part) => part.toString('latin1', 4, 8))
    assert.deepEqual(names, ['IHDR', 'IDAT', 'IEND'])
  })

  const REFUSED: [what: string, png: Buffer, code: string][] = [
    ['has more than its header says', forTelephones(4, 2, Buffer.alloc(100_000)), 'source_corrupt'],
    [
      'says that it is huge',
      forTelephones(65_535, 65_535, Buffer.alloc(9)),
      'source_too_many_pixels',
    ],
    [
      'has data that are none',
      forTelephones(4, 2, Buffer.alloc(0), Buffer.alloc(9, 0xff)),
      'source_corrupt',
    ],
  ]
  for (const [what, png, code] of REFUSED) {
    it(`is refused when it ${what}`, () => {
      assert.throws(() => unpack(png), { code })
    })
  }
})

function requireSound(file: Buffer): void {
  requireSoundHeader((at, length) => file.subarray(at, at + length))
}

describe('the header of a PNG', () => {
  const png = forTelephones(4, 2, Buffer.alloc(34))
  // Its first chunk is another one.
  const usual = Buffer.concat([png.subarray(0, 8), png.subarray(24)])

  it('is damaged when its checksum is another, whatever size it says', () => {
    requireSound(usual)
    requireSound(png)
    const damaged = Buffer.from(usual)
    damaged.writeUInt32BE(4_522_048, 16)
    assert.throws(() => requireSound(damaged), { code: 'source_corrupt' })
  })
})
