import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import sharp from 'sharp'
import { activate, embedded, outcome } from '../cases/activation.ts'
import { noise, pixelAt, plain } from '../support/pictures.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const intermediate = new URL('../actions/intermediate.ts', import.meta.url)
const ownParameters = new URL('../actions/own-parameters.ts', import.meta.url)
const circle = new URL('../../actions/circle/index.ts', import.meta.url)

// The largest rendition that the SDK puts into an event; it then uploads nothing, so no server is needed here.
const EMBEDDED = { target: {}, embedBinaryLimit: '32768' }

async function eventsOf(action: URL, image: Buffer, renditions: readonly object[]) {
  const { events, log } = await activate(action, {
    source: { url: `data:image/png;base64,${image.toString('base64')}`, name: 'source.png' },
    renditions: renditions.map((rendition) => ({ ...EMBEDDED, ...rendition })),
    requestId: 'request1',
  })
  return { events, log }
}

async function mark(): Promise<string> {
  const png = await plain({ r: 255, g: 0, b: 0 }).png().toBuffer()
  return `data:image/png;base64,${png.toString('base64')}`
}

describe('a worker of one’s own', function () {
  const temporary = useTemporaryFolder()
  this.timeout(300_000)

  it('is post-processed when it opts in, without ImageMagick', async () => {
    const source = await plain({ r: 0, g: 0, b: 255 })
      .resize(100, 80, { fit: 'fill' })
      .png()
      .toBuffer()
    const watermark = { image: await mark(), scale: 0.2 }
    const asked = { crop: { x: 0, y: 0, w: 60, h: 80 }, width: '30', dpi: 96, watermark }
    const { events, log } = await eventsOf(intermediate, source, [
      { fmt: 'jpg', optIn: true, ...asked, interlace: 'true' },
      { fmt: 'avif', optIn: true, width: 20 },
    ])
    const [jpg, avif] = events
    assert.ok(jpg && avif)
    const { format, width, height, isProgressive, density } = await sharp(embedded(jpg)).metadata()
    assert.deepEqual(
      { format, width, height, isProgressive, density },
      { format: 'jpeg', width: 30, height: 40, isProgressive: true, density: 96 },
    )
    const [red = 0] = await pixelAt(embedded(jpg), 15, 20)
    assert.ok(red > 200)
    assert.equal(jpg.metadata?.['dc:format'], 'image/jpeg')
    assert.equal(avif.metadata?.['dc:format'], 'image/avif')
    assert.doesNotMatch(log, /exiftool|imagemagick/i)
  })

  it('gets all of its parameters, those too that mean something to built-in workers', async () => {
    const own = { files: ['one', 'two'], password: 'own' }
    const { events } = await eventsOf(ownParameters, await noise(3, 2).png().toBuffer(), [
      { fmt: 'json', ...own },
    ])
    const [event] = events
    assert.ok(event)
    assert.deepEqual(JSON.parse(String(embedded(event))), own)
    assert.deepEqual(event.rendition['files'], own.files)
  })

  it('never writes beside its own folder, whatever fmt says', async () => {
    const folder = temporary.pathTo('elsewhere')
    const source = await noise(3, 2).png().toBuffer()
    const away = [`x/../../../../../../..${folder}.png`, ['x/../y'], 'png\0', 'x\\..\\y']
    const renditions = [...away.map((fmt) => ({ fmt })), { fmt: 'png' }]
    const { events } = await eventsOf(intermediate, source, renditions)
    assert.equal(events.at(-1)?.type, 'rendition_created')
    assert.equal(events.length, renditions.length)
    for (const { type, errorReason, errorMessage } of events.slice(0, -1)) {
      assert.deepEqual([type, errorReason], ['rendition_failed', 'RenditionFormatUnsupported'])
      assert.match(String(errorMessage), /fmt must be a format such as "png", in letters/)
    }
    assert.equal(existsSync(`${folder}.png`), false)
  })

  it('gets its source, whatever that is named', async () => {
    const source = (await noise(3, 2).png().toBuffer()).toString('base64')
    const url = `data:image/png;base64,${source}`
    const named = [`a.${'x'.repeat(300)}`, 'a.p\0ng'].map((name) => ({ url, name }))
    const text = `data:text/plain,${encodeURIComponent(`One. ${'Two '.repeat(100)}`)}`
    for (const each of [...named, text]) {
      const { events } = await activate(intermediate, {
        source: each,
        renditions: [{ ...EMBEDDED, fmt: 'png' }],
        requestId: 'request1',
      })
      assert.deepEqual(
        events.map(({ type }) => type),
        ['rendition_created'],
        JSON.stringify(each),
      )
    }
  })

  it('is left alone when it does not, whatever the instructions say', async () => {
    const source = await noise(30, 20).png().toBuffer()
    const watermark = { image: await mark() }
    const { events } = await eventsOf(intermediate, source, [
      { fmt: 'jpg', crop: { x: 0, y: 0, w: 6, h: 8 }, width: 3, dpi: 96, watermark },
    ])
    const [event] = events
    assert.ok(event)
    assert.deepEqual(embedded(event), source)
  })

  it('is left alone when its rendition is no picture', async () => {
    const { events } = await eventsOf(intermediate, await noise(3, 2).png().toBuffer(), [
      { fmt: 'xml', optIn: true, write: '<a/>', width: 3 },
    ])
    const [event] = events
    assert.ok(event)
    assert.equal(embedded(event).toString(), '<a/>')
  })

  it('fails a rendition with what went wrong', async () => {
    const { events } = await eventsOf(intermediate, await noise(3, 2).png().toBuffer(), [
      { fmt: 'png', optIn: true, width: 'wide' },
      { fmt: 'png', optIn: true, write: 'no picture' },
      { fmt: 'png', optIn: true, write: 'nothing' },
      { fmt: 'png', write: 'failure' },
      { fmt: 'png', embedBinaryLimit: 40_000 },
      { fmt: 'png', optIn: true },
    ])
    assert.deepEqual(events.map(outcome), [
      'GenericError: width must be a whole number of pixels, 1 or more, but it is "wide".',
      'GenericError: The picture that the worker has written cannot be post-processed. The content of the source file is none of the formats this worker makes pictures of (JPEG, PNG, WebP, GIF, TIFF, SVG, PDF, AVIF, HEIC, PSD, BMP, SGI, camera raw, ICO, JPEG XL, JPEG 2000, TGA, PCX, PNM, PFM, DDS, OpenEXR, Radiance HDR, XCF, PICT, EPS, WMF, EMF, ICNS, animated cursor, DICOM, Krita, OpenRaster, InDesign, Adobe XD, Sketch, Figma, Procreate, Affinity).',
      'GenericError: No rendition generated for 2',
      'GenericError: I cannot do this.',
      'GenericError: embedBinaryLimit must be a whole number of bytes from 0 to 32768, but it is 40000.',
      'rendition_created',
    ])
  })
})

describe('the circle action', function () {
  this.timeout(300_000)

  it('makes a disc of the middle and has the rest done', async () => {
    const source = await plain({ r: 200, g: 100, b: 50 })
      .resize(90, 60, { fit: 'fill' })
      .png()
      .toBuffer()
    const { events } = await eventsOf(circle, source, [
      { fmt: 'png' },
      { fmt: 'jpg', size: '50', width: 20 },
      { fmt: 'png', size: 40, contrast: '-1', brightness: '0.1' },
      { fmt: 'png', contrast: 2 },
    ])
    const [whole, small, grey, wrong] = events
    assert.ok(whole && small && grey && wrong)
    const { width, height } = await sharp(embedded(whole)).metadata()
    assert.deepEqual([width, height], [60, 60])
    assert.deepEqual(await pixelAt(embedded(whole), 30, 30), [200, 100, 50, 255])
    assert.equal((await pixelAt(embedded(whole), 1, 1))[3], 0)
    assert.equal((await sharp(embedded(small)).metadata()).width, 20)
    assert.ok((await pixelAt(embedded(small), 0, 0)).every((value) => value > 220))
    assert.deepEqual(await pixelAt(embedded(grey), 20, 20), [153, 153, 153, 255])
    assert.equal(
      outcome(wrong),
      'GenericError: contrast must be a number from -1 to 1, but it is 2.',
    )
  })
})
