import assert from 'node:assert/strict'
import sharp from 'sharp'
import { countJpegScans } from '../../src/sources/jpeg-scans.ts'

const readable = (file: Buffer) => ({
  size: file.length,
  read: (position: number, length: number) => file.subarray(position, position + length),
})

const count = (file: Buffer, most = 100) => countJpegScans(readable(file), most)

/** A JPEG of so many scans of the same few bytes, in one frame of so many components. */
function jpegOf(
  scans: number,
  options: { progressive: boolean; all?: boolean; between?: number[] },
) {
  const { progressive, all = false, between = [] } = options
  const components = [1, 2, 3].flatMap((id) => [id, 0x11, 0])
  const frame = [0xff, progressive ? 0xc2 : 0xc0, 0, 17, 8, 0, 8, 0, 8, 3, ...components]
  const inScan = all ? [1, 2, 3] : [1]
  const head = [inScan.length, ...inScan.flatMap((id) => [id, 0]), 0, 63, 0]
  const scan = [0xff, 0xda, 0, head.length + 2, ...head, 1, 0xff, 0, 2, 0xff, 0xd3, 3, ...between]
  return Buffer.from([
    0xff,
    0xd8,
    ...frame,
    ...Array.from({ length: scans }, () => scan).flat(),
    0xff,
    0xd9,
  ])
}

describe('the scans of a JPEG', () => {
  const kinds: [what: string, file: Buffer, scans: number][] = [
    ['is progressive', jpegOf(7, { progressive: true, all: true }), 7],
    ['has its colours apart', jpegOf(3, { progressive: false }), 3],
    ['has all colours at once, whatever follows', jpegOf(9, { progressive: false, all: true }), 1],
    ['has tables between', jpegOf(4, { progressive: true, between: [0xff, 0xc4, 0, 3, 0xda] }), 4],
    [
      'has odd bytes between',
      jpegOf(4, { progressive: true, between: [0xff, 1, 7, 0xff, 0xff] }),
      4,
    ],
    ['ends before its scans', jpegOf(0, { progressive: true }), 0],
    ['breaks off in one', jpegOf(5, { progressive: true }).subarray(0, -8), 5],
    ['is none', Buffer.from('nothing that is a picture'), 0],
    ['is empty', Buffer.alloc(0), 0],
  ]
  for (const [what, file, scans] of kinds) {
    it(`are counted in one that ${what}`, () => {
      assert.equal(count(file), scans)
    })
  }

  it('are counted no further than one more than is asked for', () => {
    assert.equal(count(jpegOf(90, { progressive: true }), 5), 6)
  })

  it('are counted across the pieces in which a file is read', () => {
    const data = Buffer.alloc(262_144 - 1, 7)
    const [head, tail] = [jpegOf(1, { progressive: true }), jpegOf(2, { progressive: true })]
    const first = head.subarray(0, -2)
    const rest = tail.subarray(tail.indexOf(Buffer.from([0xff, 0xda])))
    assert.equal(count(Buffer.concat([first, data.subarray(0, -10), rest])), 3)
    for (let shift = 0; shift < 16; shift += 1) {
      assert.equal(count(Buffer.concat([first, data.subarray(shift), rest])), 3, `${shift}`)
    }
  })

  it('are those that an encoder has written', async () => {
    const picture = sharp('samples/harbour.jpg').resize(64)
    assert.equal(count(await picture.clone().jpeg().toBuffer()), 1)
    const progressive = count(await picture.clone().jpeg({ progressive: true }).toBuffer())
    assert.ok(progressive > 5 && progressive < 20, `${progressive}`)
  })
})
