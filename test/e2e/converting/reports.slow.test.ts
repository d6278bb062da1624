import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { draw, probe } from '../../engine/video/video-fixture.ts'
import { pixelAt, plain } from '../../support/pictures.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'
import { type GivenFile, useConvertingService } from './converting-service.ts'
import { printed } from './readers.ts'

const convert = (output_format: string, options: object = {}) => ({
  operation: 'convert',
  input: 'source',
  output_format,
  ...options,
})

const text = (filename: string, content: string): GivenFile => ({
  filename,
  bytes: Buffer.from(content),
})

/** The start of an MP3 file: an empty tag, and the header of a frame. */
const SONG = Buffer.from('SUQzAwAAAAAAAP/7kAAAAAAAAAAAAAAAAAAA', 'base64')

describe('what people have reported of services like this one', function () {
  this.timeout(120_000)
  const service = useConvertingService()
  const folder = useTemporaryFolder()
  let red: Buffer

  before(async () => {
    red = await plain({ r: 255, g: 0, b: 0 }).png().toBuffer()
  })

  it('is white, where a PNG that becomes a JPG is transparent', async () => {
    const bytes = await plain({ r: 255, g: 0, b: 0 }, 0).png().toBuffer()
    const { made } = await service.run(
      { source: { filename: 'logo.png', bytes } },
      { made: convert('jpg') },
    )
    const [x = 0, y = 0, z = 0] = await pixelAt(made?.files[0]?.path ?? '', 20, 15)
    assert.ok(Math.min(x, y, z) > 250)
  })

  it('is a GIF of odd sides made an MP4 that every player shows', async function () {
    skipWithout(this, 'FFmpeg')
    // The other source of patterns makes sizes even.
    draw('-f', 'lavfi', '-i', 'testsrc=size=401x301:rate=5:duration=1', folder.pathTo('odd.gif'))
    const source = { filename: 'odd.gif', bytes: readFileSync(folder.pathTo('odd.gif')) }
    assert.equal((await sharp(source.bytes).metadata()).width, 401)
    const { made } = await service.run({ source }, { made: convert('mp4') })
    const [stream] = probe(made?.files[0]?.path ?? '').streams
    assert.equal(stream?.pix_fmt, 'yuv420p')
    assert.equal((stream.width ?? 1) % 2, 0)
    assert.equal((stream.height ?? 1) % 2, 0)
  })

  it('keeps names with whatever is in them that can be seen', async () => {
    const source = { filename: `we"ird; na'me\n😀 Größe 港口.png`, bytes: red }
    const { made } = await service.run({ source }, { made: convert('webp') })
    assert.deepEqual(
      made?.files.map(({ filename }) => filename),
      [`we"ird; na'me😀 Größe 港口.webp`],
    )
  })

  it('has every file of several that are called the same, and one as often as it is named', async () => {
    const files = {
      source: { filename: 'same.png', bytes: red },
      other: { filename: 'same.png', bytes: await sharp(red).resize(9).png().toBuffer() },
    }
    const input = ['source', 'other', 'source']
    const { zip, merged } = await service.run(files, {
      zip: { operation: 'archive', input, output_format: 'zip' },
      merged: { operation: 'merge', input, output_format: 'pdf' },
    })
    const listed = await printed('unzip', '-Z1', zip?.files[0]?.path ?? '')
    assert.equal(new Set(listed.trim().split('\n')).size, 3)
    assert.match(await printed('pdfinfo', merged?.files[0]?.path ?? ''), /^Pages: +3$/m)
  })

  it('goes by what a file is, whatever it is called, or by what the client says of a text', async () => {
    const { wrong, none } = await service.run(
      {
        source: { filename: 'photo.jpg', bytes: red },
        table: text('no extension', 'Ort;Zahl\nKöln;01\n'),
      },
      {
        wrong: convert('webp'),
        none: { ...convert('json', { input_format: 'csv' }), input: 'table' },
      },
    )
    assert.equal((await sharp(wrong?.files[0]?.path ?? '').metadata()).format, 'webp')
    const rows: unknown = JSON.parse(readFileSync(none?.files[0]?.path ?? '', 'utf8'))
    assert.deepEqual(rows, [{ Ort: 'Köln', Zahl: '01' }])
  })

  const REFUSED: readonly (readonly [source: GivenFile, to: string, code: string, says: RegExp])[] =
    [
      [text('data.json', '{"a": '), 'csv', 'SOURCE_CORRUPT', /damaged or incomplete JSON/],
      [text('notes.txt', 'a'), 'mp4', 'SOURCE_UNSUPPORTED', /none of the formats that video/],
      [{ filename: 'song.mp3', bytes: SONG }, 'docx', 'RENDITION_FORMAT_UNSUPPORTED', /no DOCX/],
    ]
  for (const [source, to, code, says] of REFUSED) {
    it(`says what is wrong with ${source.filename} as ${to}`, async () => {
      const { made } = await service.run({ source }, { made: convert(to) })
      assert.equal(made?.code, code, made?.message)
      assert.match(made.message, says)
    })
  }
})
