import assert from 'node:assert/strict'
import { OperationError } from '../../../src/base/operation-error.ts'
import { pdfOf, textPage } from '../../support/pdf.ts'
import { noise } from '../../support/pictures.ts'
import { useChanges } from './changing.ts'

describe('a PDF of a size', function () {
  this.timeout(60_000)
  const { change } = useChanges()
  let photo: Buffer

  before(async () => {
    const picture = await noise(300, 200).jpeg({ quality: 96 }).toBuffer()
    photo = await pdfOf([
      async (page, document) => {
        page.drawImage(await document.embedJpg(picture), { x: 0, y: 0, width: 72, height: 48 })
      },
      textPage('Words 1'),
    ])
  })

  it('fits, and has the better pictures the more there is room', async () => {
    const sizes: number[] = []
    for (const part of [0.5, 0.1]) {
      const targetSize = Math.round(photo.length * part)
      const made = await change(photo, { optimize: { profile: 'web', targetSize } })
      assert.ok(made.length <= targetSize, `${made.length} of ${targetSize} bytes`)
      sizes.push(made.length)
    }
    assert.deepEqual(
      sizes.toSorted((one, other) => other - one),
      sizes,
    )
    assert.equal(new Set(sizes).size, sizes.length, sizes.join())
  })

  it('is the source to the byte when that fits', async () => {
    const optimize = { profile: 'web', targetSize: photo.length } as const
    assert.ok((await change(photo, { optimize })).equals(photo))
  })

  it('fits with all that is done besides', async () => {
    const targetSize = Math.round(photo.length * 0.3)
    const encrypt = { password: 'open' }
    const made = await change(photo, { optimize: { profile: 'web', targetSize }, encrypt })
    assert.ok(made.length <= targetSize, `${made.length} of ${targetSize} bytes`)
    assert.ok(made.includes('/Encrypt'))
  })

  it('cannot be had below the least, which is told', async () => {
    const optimize = { profile: 'web', targetSize: 100 } as const
    let least = 0
    await assert.rejects(change(photo, { optimize }), (error) => {
      if (!(error instanceof OperationError)) return false
      const { code, message } = error
      least = Number(/(\d+)\.$/.exec(message)?.[1])
      return code === 'size_unreachable'
    })
    const made = await change(photo, { optimize: { ...optimize, targetSize: least } })
    assert.equal(made.length, least)
  })
})
