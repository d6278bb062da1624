import assert from 'node:assert/strict'
import { REMARKS } from '../../src/contract/event.ts'
import { findPrograms } from '../../src/programs/programs.ts'
import { activate, embedded } from '../cases/activation.ts'
import { textPage } from '../support/pdf.ts'
import { scanPage, scanPdf } from '../support/scans.ts'
import { skipWithout } from '../support/tools.ts'

const action = new URL('../../actions/ocr/index.ts', import.meta.url)

const LINES = ['Invoice number 4711 of 12 March 2024', 'Please transfer the amount to our account.']

describe('the text of scans', function () {
  this.timeout(120_000)
  const { tesseract } = findPrograms({})

  before(function () {
    skipWithout(this, 'Tesseract')
  })

  async function textOf(source: Buffer, fmt: string, others: object = {}): Promise<string> {
    const url = `data:application/octet-stream;base64,${source.toString('base64')}`
    const rendition = { target: {}, embedBinaryLimit: 32_768, fmt, ocr: true, ...others }
    const params = { source: { url }, renditions: [rendition], requestId: 'request1' }
    const { events } = await activate(action, { ...params, DARKROOM_OCR: tesseract })
    const [event] = events
    assert.ok(event)
    assert.equal(event.metadata?.[REMARKS], undefined)
    return embedded(event).toString()
  }

  it('is among that of the other pages of an encrypted PDF', async () => {
    const scan = { lines: LINES }
    const userPassword = 'open sesame'
    const pdf = await scanPdf([scan], { userPassword, others: [textPage('Typed')] })
    const password = userPassword
    assert.equal(await textOf(pdf, 'text', { password }), `${LINES.join('\n')}\n\nTyped\n`)
  })

  it('is that of a picture of it, with where it stands', async () => {
    const json = await textOf(await scanPage({ lines: LINES }), 'json', { positions: true })
    const words = Array.from(json.matchAll(/"text":"(\w+)","box":\[([\d.]+),([\d.]+)/g))
    const [, , left, top] = words.find(([, word]) => word === 'Invoice') ?? []
    assert.ok(Math.abs(Number(left) - 48) < 3 && Math.abs(Number(top) - 36) < 8, `${left}, ${top}`)
  })
})
