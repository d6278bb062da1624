import assert from 'node:assert/strict'
import type { Context } from 'mocha'
import sharp from 'sharp'
import { findPrograms } from '../../src/programs/programs.ts'
import { activate, embedded, outcome } from '../cases/activation.ts'
import { slidesOf } from '../engine/office/office-files.ts'
import { skipWithout } from '../support/tools.ts'

const action = new URL('../../actions/worker/index.ts', import.meta.url)

const SLIDES = slidesOf([
  { text: 'The first slide', notes: 'for the speaker' },
  { text: 'The second one', notes: 'for the speaker' },
])

describe('pictures of office files by the worker action', function () {
  this.timeout(300_000)
  const { soffice, bwrap } = findPrograms(process.env)

  async function picturesOf(content: Uint8Array, pages: readonly number[], program = soffice) {
    const { events } = await activate(action, {
      DARKROOM_SOFFICE: program,
      DARKROOM_BWRAP: bwrap,
      source: {
        url: `data:application/octet-stream;base64,${Buffer.from(content).toString('base64')}`,
        name: 'source.odp',
      },
      renditions: pages.map((page) => ({
        fmt: 'png',
        width: 320,
        page,
        target: {},
        embedBinaryLimit: 32 * 1024,
      })),
      requestId: 'request1',
    })
    return events
  }

  it('show slides as LibreOffice does where it is there, each page its own', async function (this: Context) {
    skipWithout(this, 'LibreOffice')
    const events = await picturesOf(SLIDES, [1, 2])
    assert.deepEqual(events.map(outcome), ['rendition_created', 'rendition_created'])
    const pictures = events.map((event) => embedded(event))
    for (const picture of pictures) {
      const { width, height } = await sharp(picture).metadata()
      assert.ok(width > height, `${width} × ${height} is no slide`)
    }
    const [first, second] = await Promise.all(
      pictures.map((picture) => sharp(picture).raw().toBuffer()),
    )
    assert.ok(first && second && !first.equals(second))
  })

  it('are as slides are where LibreOffice is not, or cannot be started', async () => {
    for (const program of ['', '/nowhere/soffice']) {
      const [event] = await picturesOf(SLIDES, [1], program)
      assert.ok(event)
      assert.equal(outcome(event), 'rendition_created')
      const { width, height } = await sharp(embedded(event)).metadata()
      assert.ok(width > height, `${width} × ${height} is no slide`)
    }
  })
})
