import assert from 'node:assert/strict'
import { REMARKS } from '../../src/contract/event.ts'
import { activate, embedded, outcome, type WorkerEvent } from '../cases/activation.ts'
import { halfBlue, pdfOf, textPage } from '../support/pdf.ts'

const action = new URL('../../actions/ocr/index.ts', import.meta.url)

const INSTALL =
  'Recognising the text of scans takes Tesseract, which is not on this machine; install it with "npm run add -- ocr eng".'

/** Has renditions of a source made. */
async function make(source: Buffer, renditions: readonly object[]): Promise<WorkerEvent[]> {
  const url = `data:application/octet-stream;base64,${source.toString('base64')}`
  const params = {
    source: { url },
    renditions: renditions.map((each) => ({ target: {}, embedBinaryLimit: 32_768, ...each })),
    requestId: 'request1',
  }
  return [...(await activate(action, params)).events]
}

describe('the ocr action without what recognises text', function () {
  this.timeout(300_000)

  it('makes the text that there is, and says what would bring that of scans, or what is wrong with ocr', async () => {
    const pdf = await pdfOf([textPage('Typed'), halfBlue])
    const [plain, marked, placed, ...others] = await make(pdf, [
      { fmt: 'text', ocr: true },
      { fmt: 'md', ocr: 'true' },
      { fmt: 'json', positions: true, ocr: { languages: ['eng'] } },
      { fmt: 'text', ocr: 'perhaps' },
      { fmt: 'text', ocr: { languages: ['tlh'] } },
      { fmt: 'png', ocr: true },
    ])
    assert.ok(plain && marked && placed)
    assert.deepEqual(others.map(outcome), [
      'GenericError: ocr must be true, or an object {languages, autoOrient}, but it is "perhaps".',
      'GenericError: ocr.languages must be among eng, deu, fra, spa, ita, por, nld, but one is "tlh".',
      'RenditionFormatUnsupported: fmt must be pdf, or that of a text, which is all that this worker makes, but it is "png".',
    ])
    assert.equal(embedded(plain).toString(), 'Typed\n')
    assert.equal(embedded(marked).toString(), 'Typed\n')
    assert.match(embedded(placed).toString(), /"text":"Typed"/)
    for (const { metadata } of [plain, marked, placed]) {
      assert.deepEqual(metadata?.[REMARKS], [INSTALL])
    }
  })

  it('says nothing where there are no scans', async () => {
    const [event] = await make(await pdfOf([textPage('Typed')]), [{ fmt: 'text', ocr: true }])
    assert.equal(event?.metadata?.[REMARKS], undefined)
  })

  it('says that it makes no difference to what is no scan', async () => {
    const [event] = await make(Buffer.from('Boats and lights'), [{ fmt: 'text', ocr: true }])
    assert.deepEqual(event?.metadata?.[REMARKS], [
      'ocr makes no difference, since the source is no PDF file and no picture.',
    ])
  })
})
