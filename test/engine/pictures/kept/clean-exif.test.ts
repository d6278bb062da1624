import assert from 'node:assert/strict'
import { cleanExif } from '../../../../src/engine/pictures/kept/clean-exif.ts'
import { numbersOf, openTiff } from '../../../../src/sources/tiff-directory.ts'

/** Exif data with the highest byte first: a picture with an artist, a thumbnail, a position and a camera. */
function motorola(): Buffer {
  const directories = [
    entry(0x010f, 2, 4, Buffer.from('Nik\0')),
    entry(0x0112, 3, 1, Buffer.from('00060000', 'hex')),
    entry(0x013b, 2, 8, long(200)),
    entry(0x8769, 4, 1, long(100)),
    entry(0x8825, 4, 1, long(180)),
  ]
  const camera = [
    entry(0x829a, 5, 1, long(220)),
    entry(0x9003, 2, 4, Buffer.from('now\0')),
    entry(0x927c, 7, 4, Buffer.from('note')),
    entry(0xa432, 5, 2, long(90_000)),
  ]
  const file = Buffer.alloc(240)
  file.write('MM\0*\0\0\0\x08', 'latin1')
  directory(directories).copy(file, 8)
  directory(camera).copy(file, 100)
  directory([entry(1, 2, 2, Buffer.from('N\0\0\0'))]).copy(file, 180)
  file.write('Ada Lov\0', 200, 'latin1')
  file.writeUInt32BE(1, 220)
  file.writeUInt32BE(250, 224)
  return file
}

function directory(entries: readonly Buffer[]): Buffer {
  const count = Buffer.from([0, entries.length])
  return Buffer.concat([count, ...entries, Buffer.alloc(4)])
}

function entry(tag: number, type: number, count: number, value: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16BE(tag)
  head.writeUInt16BE(type, 2)
  head.writeUInt32BE(count, 4)
  return Buffer.concat([head, value])
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function readerOf(bytes: Buffer) {
  return (at: number, length: number) => bytes.subarray(at, at + length)
}

function clean(bytes: Buffer, options: Partial<Parameters<typeof cleanExif>[1]> = {}) {
  return cleanExif(readerOf(bytes), { isSrgb: true, ...options })
}

/** Tags and numbers of both directories. */
function told(exif: Buffer) {
  const file = openTiff(readerOf(exif))
  assert.ok(file)
  const first = file.directoryAt(file.first)
  const camera = file.directoryAt(numbersOf(first, 0x8769)[0] ?? 0)
  return [first, camera].map(({ fields }) =>
    Object.fromEntries([...fields].map(([tag, field]) => [tag.toString(16), field.numbers()])),
  )
}

const letters = (text: string) => [...Buffer.from(text, 'latin1')]

describe('Exif data that a picture keeps', () => {
  it('have who has taken it with what, and nothing that is not true any more', () => {
    const exif = clean(motorola())
    assert.ok(exif)
    const [picture = {}, camera] = told(exif)
    const { 8769: _place, ...others } = picture
    assert.deepEqual(others, { '10f': letters('Nik\0'), '13b': letters('Ada Lov\0') })
    assert.deepEqual(camera, { '829a': [0.004], '9003': letters('now\0'), a001: [1] })
    assert.equal(exif.toString('latin1', 0, 4), 'II*\0')
  })

  it('say of other colours that they are none of Exif', () => {
    const exif = clean(motorola(), { isSrgb: false })
    assert.deepEqual(exif && told(exif)[1]?.['a001'], [0xffff])
  })

  it('say how pixels lie that nobody turns', () => {
    const exif = clean(motorola(), { orientation: 6 })
    assert.deepEqual(exif && told(exif)[0]?.['112'], [6])
  })

  it('are the same when they are cleaned again', () => {
    const exif = clean(motorola())
    assert.ok(exif)
    assert.deepEqual(clean(exif), exif)
  })

  for (const [what, bytes] of [
    ['no Exif data', Buffer.from('photo of a harbour')],
    ['none', Buffer.alloc(0)],
    [
      'nothing but how it lies',
      directoryFile([entry(0x0112, 3, 1, Buffer.from('00060000', 'hex'))]),
    ],
    ['a directory beyond the end', Buffer.from('MM\0*\0\0\xff\0', 'latin1')],
  ] as const) {
    it(`are none of ${what}`, () => {
      assert.equal(clean(bytes), undefined)
    })
  }

  it('are read to their end whatever breaks off', () => {
    const whole = motorola()
    for (let length = 0; length < whole.length; length += 1) clean(whole.subarray(0, length))
  })
})

function directoryFile(entries: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from('MM\0*\0\0\0\x08', 'latin1'), directory(entries)])
}
