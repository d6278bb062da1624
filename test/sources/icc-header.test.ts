import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { readIccHeader } from '../../src/sources/icc-header.ts'
import { greyProfile, localTextOf, textOf, writeProfile } from '../support/icc-profiles.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

/** The profile that libvips has for ink. */
async function inkProfile(): Promise<Buffer> {
  const pixel = { create: { width: 1, height: 1, channels: 3, background: 'white' } } as const
  const { icc } = await sharp(
    await sharp(pixel).withIccProfile('cmyk').jpeg().toBuffer(),
  ).metadata()
  return icc ?? Buffer.alloc(0)
}

/** The same file with other bytes at a place. */
function changed(file: Buffer, at: number, bytes: string): Buffer {
  const copy = Buffer.from(file)
  copy.write(bytes, at, 'latin1')
  return copy
}

describe('the head of an ICC profile', () => {
  const temporary = useTemporaryFolder()

  async function read(bytes: Buffer) {
    const file = temporary.pathTo('some.icc')
    await writeFile(file, bytes)
    return readIccHeader(file)
  }

  it('tells the pixel type and the description', async () => {
    assert.deepEqual(await read(greyProfile(2.2)), {
      pixelType: 'gray',
      description: 'Grey of tests',
    })
    const { pixelType } = await read(await inkProfile())
    assert.equal(pixelType, 'cmyk')
  })

  for (const [version, desc] of [
    [2, textOf('Wide gamut')],
    [4, localTextOf('Wide gamut')],
  ] as const) {
    it(`tells a description of version ${version}`, async () => {
      assert.deepEqual(await read(writeProfile({ tags: { desc } })), {
        pixelType: 'rgb',
        description: 'Wide gamut',
      })
    })
  }

  it('may have no description, or one that nobody reads', async () => {
    for (const desc of [Buffer.alloc(0), Buffer.from('mluc'), Buffer.from('what is this')]) {
      const { description } = await read(writeProfile({ tags: { desc } }))
      assert.equal(description, '')
    }
    assert.equal((await read(writeProfile({ tags: {} }))).description, '')
  })

  const grey = greyProfile(2.2)
  const refused: [what: string, bytes: Buffer, why: RegExp][] = [
    ['empty', Buffer.alloc(0), /^is no ICC profile$/],
    ['a text', Buffer.from('a'.repeat(500)), /^is no ICC profile$/],
    ['cut off', grey.subarray(0, 200), /^is cut off$/],
    ['one of a camera', changed(grey, 12, 'scnr'), /^is of the class scnr, and must be one of/],
    ['one of no class', changed(grey, 12, '\n\n\0\0'), /^is of the class \?\?\?\?, and/],
    ['one of Lab', changed(grey, 16, 'Lab '), /^is of Lab colours, and must be of RGB, GRAY or/],
    ['one of endless tags', changed(grey, 128, '\xff\xff\xff\xff'), /^is damaged$/],
    ['one of a tag outside', changed(grey, 136, '\x7f\xff\xff\xff'), /^is damaged$/],
  ]
  for (const [what, bytes, why] of refused) {
    it(`refuses what is ${what}`, async () => {
      await assert.rejects(() => read(bytes), { name: 'UnusableProfile', message: why })
    })
  }
})
