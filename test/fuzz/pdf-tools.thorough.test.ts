import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { PDFDocument } from '@cantoo/pdf-lib'
import { amountOf } from '../support/amounts.ts'
import { bookmarkedPdf } from '../support/bookmarked-pdf.ts'
import { pdfOf } from '../support/pdf.ts'
import { noise } from '../support/pictures.ts'
import { useDamage } from './damage.ts'

const FILES_PER_TOOL = amountOf({ thoroughly: 300, usually: 30 })

const TOOLS: Readonly<Record<string, object>> = {
  merge: {},
  pages: { pages: '1' },
  rotate: { rotate: 90 },
  encrypt: { encrypt: { password: 'open' } },
  linearize: { linearize: true },
  optimize: { optimize: 'web' },
}

/** Small ones of each kind: with everything, with a picture, and with compressed objects. */
async function seeds(): Promise<Buffer[]> {
  const picture = await noise(80, 60).jpeg().toBuffer()
  const pictured = await pdfOf([
    async (page, document) => {
      page.drawImage(await document.embedJpg(picture), { x: 0, y: 0, width: 40, height: 30 })
    },
    () => undefined,
  ])
  const book = await bookmarkedPdf('Book')
  const loose = await (await PDFDocument.load(book)).save({ useObjectStreams: false })
  return [book, pictured, Buffer.from(loose)]
}

describe('a damaged PDF', function () {
  this.timeout(300_000)
  const damage = useDamage()
  let files: Buffer[]

  before(async () => {
    files = await seeds()
  })

  for (const [tool, instructions] of Object.entries(TOOLS)) {
    it(`ends in a rendition or a documented reason: ${tool}, ${FILES_PER_TOOL} times`, async () => {
      const outcomes = await damage.run({
        action: 'pdf',
        seeds: files,
        count: FILES_PER_TOOL,
        rendition: { fmt: 'pdf', ...instructions },
        isMerged: tool === 'merge',
      })
      assert.ok(outcomes.has('created'))
    })
  }

  it('ends no process of the action', () => {
    const processes = damage.processes()
    assert.ok(processes <= availableParallelism(), `${processes} processes were started`)
  })
})
