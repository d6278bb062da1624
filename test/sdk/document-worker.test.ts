import assert from 'node:assert/strict'
import sharp from 'sharp'
import { type Activation, activate, embedded, outcome } from '../cases/activation.ts'
import { halfBlue, pdfOf, textPage } from '../support/pdf.ts'

const action = new URL('../../actions/document/index.ts', import.meta.url)

const EMBEDDED = { target: {}, embedBinaryLimit: 32 * 1024 }

function activateOn(
  document: Buffer,
  renditions: readonly object[],
  source: object = {},
): Promise<Activation> {
  const url = `data:application/octet-stream;base64,${document.toString('base64')}`
  return activate(action, {
    source: { url, ...source },
    renditions: renditions.map((rendition) => ({ ...EMBEDDED, ...rendition })),
    requestId: 'request1',
  })
}

describe('the document action under the SDK', function () {
  this.timeout(300_000)

  it('makes the text of a PDF and pictures of its pages in one activation', async () => {
    const pdf = await pdfOf([textPage('A harbour at dusk'), halfBlue])
    const { events, exitCode } = await activateOn(pdf, [
      { fmt: 'text' },
      { fmt: 'png', width: 100 },
      { fmt: 'webp', width: 50, page: 2 },
      { fmt: ' TXT' },
    ])
    assert.equal(exitCode, 0)
    assert.deepEqual(events.map(outcome), Array(4).fill('rendition_created'))
    const [text, page, second, again] = events
    assert.ok(text && page && second && again)
    assert.equal(embedded(text).toString(), 'A harbour at dusk\n')
    assert.deepEqual(embedded(again), embedded(text))
    assert.equal(text.metadata?.['dc:format'], 'text/plain')
    assert.equal(text.metadata?.['repo:encoding'], 'utf-8')
    assert.equal(page.metadata?.['tiff:imageWidth'], 100)
    assert.equal((await sharp(embedded(second)).metadata()).format, 'webp')
  })

  it('makes an empty text of a document that has none', async () => {
    const { events } = await activateOn(await pdfOf([halfBlue]), [{ fmt: 'text' }])
    assert.deepEqual(events.map(outcome), ['rendition_created'])
    assert.equal(events[0]?.metadata?.['repo:size'], 0)
  })

  it('goes by the name and media type of a source that is text', async () => {
    const markdown = Buffer.from('<b>Harbour</b> &amp; *boats*\n')
    const text = async (source: object) => {
      const [event] = (await activateOn(markdown, [{ fmt: 'text' }], source)).events
      return event && embedded(event).toString()
    }
    assert.equal(await text({ name: 'readme.md' }), '<b>Harbour</b> &amp; *boats*\n')
    assert.equal(await text({ mimetype: 'text/html' }), 'Harbour & *boats*\n')
  })

  it('opens an encrypted document with its password, which is in no event and no log', async () => {
    const password = 'open sesame 42'
    const pdf = await pdfOf([textPage('Secret')], { userPassword: password })
    const { events, log } = await activateOn(pdf, [
      { fmt: 'text', password },
      { fmt: 'png', width: 10, password },
      { fmt: 'text' },
      { fmt: 'text', password: 'sesame 42 wrong' },
    ])
    assert.deepEqual(events.map(outcome), [
      'rendition_created',
      'rendition_created',
      'SourceUnsupported: The source is an encrypted PDF file; set password to open it.',
      'SourceUnsupported: The source is an encrypted PDF file, and password does not open it.',
    ])
    assert.doesNotMatch(log + JSON.stringify(events), /sesame/)
  })

  it('needs a source', async () => {
    const { events } = await activate(action, {
      renditions: [{ ...EMBEDDED, fmt: 'text' }],
      requestId: 'request1',
    })
    assert.deepEqual(events.map(outcome), [
      'SourceUnsupported: A text rendition needs a source; the request has none.',
    ])
  })
})
