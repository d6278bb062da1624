import assert from 'node:assert/strict'
import type { Context } from 'mocha'
import sharp from 'sharp'
import { findPrograms } from '../../src/programs/programs.ts'
import { activate, embedded, outcome } from '../cases/activation.ts'
import { binaryEps, EPS_PROGRAM } from '../engine/pictures/stand-ins/files.ts'
import { plain } from '../support/pictures.ts'

const action = new URL('../../actions/worker/index.ts', import.meta.url)

/** Two pages, of which the second is blue. */
const PAGES = [
  '%!PS-Adobe-3.0',
  '<</PageSize [200 100]>> setpagedevice',
  '1 0 0 setrgbcolor 0 0 200 100 rectfill showpage',
  '0 0 1 setrgbcolor 0 0 200 100 rectfill showpage',
  '',
].join('\n')

/** Reads a file of the machine, and writes one beside what it should write. */
const HOSTILE = [
  '%!PS-Adobe-3.0 EPSF-3.0',
  '%%BoundingBox: 0 0 40 30',
  '(/etc/passwd) (r) file 200 string readline pop ==',
  '(/tmp/darkroom-was-here) (w) file closefile',
  'showpage',
  '',
].join('\n')

async function colourAt(event: Parameters<typeof embedded>[0], x: number, y: number) {
  const { data, info } = await sharp(embedded(event))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const at = (y * info.width + x) * 3
  return [...data.subarray(at, at + 3)]
}

describe('pictures of PostScript by the worker action', function () {
  this.timeout(300_000)
  const { gs, bwrap } = findPrograms(process.env)

  async function pictureOf(content: Uint8Array, page: number, programs = { gs, bwrap }) {
    const { events } = await activate(action, {
      DARKROOM_GS: programs.gs,
      DARKROOM_BWRAP: programs.bwrap,
      source: {
        url: `data:application/octet-stream;base64,${Buffer.from(content).toString('base64')}`,
        name: 'source.eps',
      },
      renditions: [{ fmt: 'png', page, target: {}, embedBinaryLimit: 32 * 1024 }],
      requestId: 'request1',
    })
    return events[0] ?? assert.fail()
  }

  function skipWithout(context: Context): void {
    if (gs !== undefined && bwrap !== undefined) return
    console.log('      Ghostscript or bubblewrap is not here, so that nothing is drawn')
    context.skip()
  }

  it('are what Ghostscript draws, as large as the box around it', async function (this: Context) {
    skipWithout(this)
    const event = await pictureOf(Buffer.from(EPS_PROGRAM), 1)
    assert.equal(outcome(event), 'rendition_created')
    const { width, height } = await sharp(embedded(event)).metadata()
    // 40 × 30 points with 150 dots an inch.
    assert.deepEqual([width, height], [83, 63])
    assert.deepEqual(await colourAt(event, 10, 50), [255, 0, 0])
    assert.deepEqual(await colourAt(event, 70, 10), [255, 255, 255])
  })

  it('are one of its pages', async function (this: Context) {
    skipWithout(this)
    assert.deepEqual(await colourAt(await pictureOf(Buffer.from(PAGES), 2), 100, 50), [0, 0, 255])
  })

  it('are the preview where it is not drawn, or cannot be', async function (this: Context) {
    const tiff = await plain({ r: 20, g: 130, b: 130 }).tiff({ compression: 'none' }).toBuffer()
    const none = { gs: '', bwrap: '' }
    assert.deepEqual(
      await colourAt(await pictureOf(binaryEps({ tiff }), 1, none), 9, 9),
      [20, 130, 130],
    )
  })

  it('reach no file of the machine', async function (this: Context) {
    skipWithout(this)
    assert.match(outcome(await pictureOf(Buffer.from(HOSTILE), 1)), /SourceUnsupported/)
  })
})
