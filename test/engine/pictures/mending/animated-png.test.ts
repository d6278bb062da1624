import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { pngChunk } from '../../../support/png.ts'
import { startRenditions } from '../../../support/rendering.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

const [RED, GREEN] = ['ff0000', '00ff00']

/** The data of a picture in one colour. */
function filled(width: number, height: number, colour: string): Buffer {
  const row = Buffer.from(`00${colour.repeat(width)}`, 'hex')
  return deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
}

function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [index, value] of values.entries()) bytes.writeInt32BE(value, 4 * index)
  return bytes
}

interface Animation {
  /** As many pictures as it says it has. */
  readonly count?: number
  /** Whether the picture of the file is the first of it. */
  readonly isFirst?: boolean
  readonly frame?: {
    readonly width: number
    readonly height: number
    readonly x: number
    readonly y: number
  }
  readonly data?: Buffer
}

/** A red picture of 8 × 4 pixels, and a green one of an animation in two pieces. */
function animated({
  count = 1,
  isFirst = false,
  frame: { width, height, x, y } = { width: 8, height: 4, x: 0, y: 0 },
  data = filled(width, height, GREEN),
}: Animation): Buffer {
  const header = Buffer.concat([numbers(8, 4), Buffer.from('0802000000', 'hex')])
  const control = (sequence: number, ...place: number[]): Buffer =>
    pngChunk(
      'fcTL',
      Buffer.concat([numbers(sequence, ...place), Buffer.from('0001000a0000', 'hex')]),
    )
  const pieces = [data.subarray(0, 9), data.subarray(9)]
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('acTL', numbers(count, 0)),
    ...(isFirst ? [control(0, 8, 4, 0, 0)] : []),
    pngChunk('IDAT', filled(8, 4, RED)),
    control(1, width, height, x, y),
    ...pieces.map((piece, index) => pngChunk('fdAT', Buffer.concat([numbers(2 + index), piece]))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** What each shows in its upper left and its lower right. */
const TABLE: Readonly<Record<string, readonly [animation: Animation, corners: readonly string[]]>> =
  {
    'by the first picture of its animation': [{}, ['00ff00ff', '00ff00ff']],
    'by its own picture where that is the first': [
      { isFirst: true, count: 2 },
      ['ff0000ff', 'ff0000ff'],
    ],
    'with what a smaller one leaves clear': [
      { frame: { width: 4, height: 2, x: 4, y: 2 } },
      ['00000000', '00ff00ff'],
    ],
    'by its own picture where it says that it has none': [{ count: 0 }, ['ff0000ff', 'ff0000ff']],
    'by its own picture where the other is larger': [
      { frame: { width: 9, height: 4, x: 0, y: 0 } },
      ['ff0000ff', 'ff0000ff'],
    ],
  }

describe('an animated PNG', () => {
  const folder = useTemporaryFolder()

  async function render(animation: Animation): Promise<readonly string[]> {
    const source = folder.pathTo('animated.png')
    const path = folder.pathTo('rendition')
    await writeFile(source, animated(animation))
    await startRenditions(source, [{ instructions: { fmt: 'png' }, path }])[0]
    const { data, info } = await sharp(path)
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    assert.deepEqual([info.width, info.height], [8, 4])
    return [data.subarray(0, 4).toString('hex'), data.subarray(-4).toString('hex')]
  }

  for (const [title, [animation, corners]] of Object.entries(TABLE)) {
    it(`is shown ${title}`, async () => {
      assert.deepEqual(await render(animation), corners)
    })
  }

  for (const frame of [
    { width: 8, height: 4, x: 0, y: 0 },
    { width: 4, height: 4, x: 0, y: 0 },
  ]) {
    it(`is damaged when its picture of ${frame.width} × ${frame.height} is`, async () => {
      const data = Buffer.alloc(40, 0xff)
      await assert.rejects(render({ frame, data }), { reason: 'SourceCorrupt' })
    })
  }
})
