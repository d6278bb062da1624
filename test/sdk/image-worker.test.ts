import assert from 'node:assert/strict'
import sharp from 'sharp'
import { type Activation, activate, embedded, outcome } from '../cases/activation.ts'
import { noise } from '../support/pictures.ts'

const action = new URL('../../actions/worker/index.ts', import.meta.url)

// The largest rendition that the SDK puts into an event; it then uploads nothing, so no server is needed here.
const EMBEDDED = { target: {}, embedBinaryLimit: 32 * 1024 }

describe('the worker action under the SDK', function () {
  this.timeout(300_000)

  it('makes every format it says it makes, in the order of the request', async () => {
    const formats = ['png', 'jpg', 'jpeg', 'webp', 'tif', 'tiff', 'gif', 'avif']
    const image = await noise(300, 200).jpeg().toBuffer()
    const { events, exitCode } = await activateOn(
      image,
      formats.map((fmt, index) => ({ fmt, width: String(60 - 6 * index) })),
    )
    assert.equal(exitCode, 0)
    assert.deepEqual(
      events.map(({ type }) => type),
      formats.map(() => 'rendition_created'),
    )
    for (const [index, event] of events.entries()) {
      const fmt = formats[index]
      const { mediaType, width, height } = await sharp(embedded(event)).metadata()
      assert.equal(event.rendition.fmt, fmt)
      assert.equal(event.metadata?.['dc:format'], mediaType)
      assert.deepEqual([width, height], [60 - 6 * index, 40 - 4 * index])
      assert.equal(event.metadata?.['tiff:imageWidth'], width)
      assert.equal(event.metadata?.['tiff:imageHeight'], height)
      assert.match(event.data ?? '', new RegExp(`^data:${mediaType};base64,`))
    }
  })

  it('tells a ThumbHash in the event as well', async () => {
    const { events } = await activateOn(await noise(60, 40).jpeg().toBuffer(), [
      { fmt: 'thumbhash', width: 30, height: 30, crop: 'attention' },
    ])
    const [event] = events
    assert.ok(event)
    const hash = embedded(event).toString('latin1')
    assert.match(hash, /^[\w+/]{20,40}=*$/)
    assert.equal(event.metadata?.['darkroom:thumbhash'], hash)
    assert.equal(event.metadata?.['dc:format'], 'text/x-thumbhash')
    assert.match(event.data ?? '', /^data:text\/x-thumbhash;base64,/)
  })

  it('reports a failing rendition with its reason and makes the ones beside it', async () => {
    const { events, log } = await activateOn(await noise(60, 40).jpeg().toBuffer(), [
      { fmt: 'png', width: 30, widht: 40 },
      { fmt: 'bmp' },
      { width: 30 },
      { fmt: 'gif', height: 'tall' },
      { fmt: 'jpg', width: 30 },
    ])
    assert.deepEqual(events.map(outcome), [
      'rendition_created',
      'RenditionFormatUnsupported: fmt must be one of png, jpg, jpeg, webp, tif, tiff, gif, avif, thumbhash, but it is "bmp".',
      'RenditionFormatUnsupported: fmt is missing; it must be one of png, jpg, jpeg, webp, tif, tiff, gif, avif, thumbhash.',
      'GenericError: height must be a whole number of pixels, 1 or more, but it is "tall".',
      'rendition_created',
    ])
    assert.doesNotMatch(log, /adjusted fmt|imagePostProcess: true/)
    assert.match(log, /widht is unknown and makes no difference; did you mean width\?/)
  })

  it('makes pictures by commands of Image Serving', async () => {
    const { events } = await activateOn(await noise(60, 40).jpeg().toBuffer(), [
      { fmt: 'png', is: 'wid=30&hei=30&fit=crop&op_saturation=-100' },
      { fmt: 'jpg', is: 'layer=1&color=ff0000&size=4,4&layer=comp&scl=1' },
      { fmt: 'png', width: 20 },
      { fmt: 'png', is: 'wid=wide' },
      { fmt: 'png', is: 'fmt=gif' },
      { fmt: 'png', is: 'src=other' },
      { fmt: 'png', is: 'wid=5', width: 5 },
    ])
    assert.deepEqual(events.map(outcome), [
      'rendition_created',
      'rendition_created',
      'rendition_created',
      'GenericError: wid=wide is not wid=pixels: "wide" must be a whole number of at least 1.',
      'GenericError: fmt of is asks for gif, and fmt of the rendition for png: both must be the same.',
      'GenericError: There is no asset called other.',
      'GenericError: width cannot be given when is has commands of Image Serving, which say all of the picture.',
    ])
    const [cropped, layered] = await Promise.all(
      events.slice(0, 2).map((event) => sharp(embedded(event)).metadata()),
    )
    assert.deepEqual([cropped?.format, cropped?.width, cropped?.height], ['png', 30, 30])
    assert.deepEqual([layered?.format, layered?.width, layered?.height], ['jpeg', 60, 40])
  })

  const sources = [
    {
      title: 'a source that is text',
      image: async () => Buffer.from('not an image'),
      expected:
        'SourceCorrupt: By its name the source is of the format JPEG, but its content is not.',
    },
    {
      title: 'a source that did not arrive whole',
      image: async () => (await noise(60, 40).jpeg().toBuffer()).subarray(0, 900),
      expected: 'SourceCorrupt: The source is a damaged or incomplete JPEG file.',
    },
  ]
  for (const { title, image, expected } of sources) {
    it(`reports every rendition of ${title}`, async () => {
      const { events, exitCode } = await activateOn(await image(), [
        { fmt: 'png' },
        { fmt: 'jpg', width: 30 },
      ])
      assert.deepEqual(events.map(outcome), [expected, expected])
      assert.equal(exitCode, 0)
    })
  }

  const limits = [
    {
      limit: '2399',
      expected:
        'SourceUnsupported: The source has 60 × 40 pixels, more than the 2399 that can be processed.',
    },
    { limit: '2400', expected: 'rendition_created' },
    { limit: '', expected: 'rendition_created' },
    {
      limit: 'many',
      expected:
        'GenericError: MAX_SOURCE_PIXELS must be a whole number of pixels, 1 or more, but it is "many".',
    },
  ]
  for (const { limit, expected } of limits) {
    it(`takes sources as large as its input MAX_SOURCE_PIXELS says: "${limit}"`, async () => {
      const image = await noise(60, 40).jpeg().toBuffer()
      const { events } = await activateOn(image, [{ fmt: 'png' }], { MAX_SOURCE_PIXELS: limit })
      assert.deepEqual(events.map(outcome), [expected])
    })
  }

  it('reports a request without a source', async () => {
    const { events } = await activate(action, { renditions: [{ fmt: 'png', ...EMBEDDED }] })
    assert.deepEqual(events.map(outcome), [
      'SourceUnsupported: An image rendition needs a source; the request has none.',
    ])
  })
})

async function activateOn(
  image: Buffer,
  renditions: readonly object[],
  inputs: object = {},
): Promise<Activation> {
  return activate(action, {
    ...inputs,
    source: { url: `data:image/jpeg;base64,${image.toString('base64')}`, name: 'source.jpg' },
    renditions: renditions.map((rendition) => ({ ...rendition, ...EMBEDDED })),
    requestId: 'request1',
  })
}
