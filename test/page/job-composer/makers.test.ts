import assert from 'node:assert/strict'
import { inspectDraft } from '../../../page/job-composer/draft.ts'
import { howOf, noteOf, pairsOf, summaryOf } from '../../../page/job-composer/makers.ts'
import { listMakers } from '../../../src/doors/jobs/operations/grades.ts'
import { COMPOSED } from './document.ts'

const BARE = listMakers({})
const OFFICE = listMakers({ soffice: '/usr/bin/soffice' })

const MISSING = /^LibreOffice is missing: /

/** What is said of the task `it` of a draft whose import has a file. */
function told(tasks: Record<string, object>, file: string, makers = BARE): string[] {
  const read = inspectDraft(JSON.stringify({ tasks }), COMPOSED)
  const all = read.tasks ?? []
  const task = all.find(({ name }) => name === 'it') ?? assert.fail('there is the task')
  const pairs = pairsOf(task, all, new Map([['in', file]]), makers)
  return pairs.map(({ from, to, maker }) => `${from} ${to}: ${maker ? howOf(maker) : 'unknown'}`)
}

const convert = (to: string, more: object = {}) => ({
  in: { operation: 'import/upload' },
  it: { operation: 'convert', input: 'in', output_format: to, ...more },
})

describe('what makes a format', () => {
  it('is told of the file that was chosen and of the format that is to be made', () => {
    assert.deepEqual(told(convert('webm'), 'Clip.MOV'), ['mov webm: comes with npm ci'])
    const [missing = ''] = told(convert('pdf'), 'deck.pptx')
    assert.match(missing, /^pptx pdf: LibreOffice is missing: \S/)
    assert.deepEqual(told(convert('pdf'), 'deck.pptx', OFFICE), ['pptx pdf: with LibreOffice'])
    assert.deepEqual(told(convert('docx'), 'a.mp3'), ['mp3 docx: unknown'])
  })

  it('is told of the format that the task before makes, of an address, or of input_format', () => {
    const chain = {
      in: { operation: 'import/upload' },
      pdf: { operation: 'merge', input: 'in' },
      it: { operation: 'convert', input: 'pdf', output_format: 'png' },
    }
    assert.deepEqual(told(chain, 'a.png'), ['pdf png: comes with npm ci'])
    const url = {
      from: { operation: 'import/url', url: 'https://a.test/x/page.HTML?v=1.2' },
      it: { operation: 'convert', input: 'from', output_format: 'pdf' },
    }
    assert.deepEqual(told(url, ''), ['html pdf: comes with npm ci'])
    assert.deepEqual(told(convert('png', { input_format: 'svg' }), 'a.bin'), [
      'svg png: comes with npm ci',
    ])
  })

  it('is not told where nothing tells the format, nor by tasks that need each other', () => {
    assert.deepEqual(told(convert('png'), 'README'), [])
    const circle = {
      other: { operation: 'optimize', input: 'it' },
      it: { operation: 'convert', input: 'other', output_format: '' },
    }
    assert.deepEqual(told(circle, ''), [])
    const both = { ...circle, it: { ...circle.it, output_format: 'png' } }
    assert.deepEqual(told(both, ''), ['png png: comes with npm ci'])
  })

  it('is told of an operation that npm ci alone does not bring', () => {
    assert.equal(noteOf('convert', BARE), undefined)
    assert.match(noteOf('pdf/a', BARE) ?? '', /^Ghostscript is missing: /)
    assert.equal(noteOf('pdf/a', listMakers({ gs: '/usr/bin/gs' })), 'with Ghostscript')
    assert.match(noteOf('command', BARE) ?? '', /bubblewrap/)
  })

  it('is told of all formats of an operation in one line', () => {
    const of = (operation: string) => BARE.filter((maker) => maker.operation === operation)
    assert.equal(summaryOf(of('optimize')), 'comes with npm ci')
    assert.match(summaryOf(of('convert')), /^comes with npm ci; some formats with LibreOffice/)
    assert.match(summaryOf(of('pdf/x')), /^Ghostscript is missing: /)
    assert.ok(BARE.some(({ missing }) => missing !== null && MISSING.test(missing)))
  })
})
