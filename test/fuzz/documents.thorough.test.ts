import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { amountOf } from '../support/amounts.ts'
import { readSeeds, useDamage } from './damage.ts'

const FILES_PER_KIND = amountOf({ thoroughly: 500, usually: 100 })

const PAGE = { fmt: 'png', width: 64, height: 64 }

const RUNS: readonly {
  kind: string
  rendition: Record<string, unknown> & { fmt: string }
  mimetype?: string
}[] = [
  ...['pdf', 'docx', 'pptx', 'xlsx', 'odt', 'ods', 'odp', 'epub', 'rtf', 'svg'].map((kind) => ({
    kind,
    rendition: { fmt: 'text' },
  })),
  ...['html', 'xml', 'csv', 'md', 'txt'].map((kind) => ({
    kind,
    rendition: { fmt: 'text' },
    mimetype: { html: 'text/html', xml: 'text/xml', csv: 'text/csv' }[kind] ?? 'text/plain',
  })),
  ...['pdf', 'docx', 'odt', 'odp'].map((kind) => ({ kind, rendition: PAGE })),
]

describe('a damaged document', function () {
  this.timeout(300_000)
  const damage = useDamage()
  const seeds = readSeeds('document', (_file, extension) => extension)

  for (const { kind, rendition, mimetype } of RUNS) {
    it(`ends in a rendition or a documented reason: ${kind} to ${rendition.fmt}, ${FILES_PER_KIND} times`, async () => {
      const outcomes = await damage.run({
        action: 'document',
        seeds: seeds[kind],
        count: FILES_PER_KIND,
        rendition,
        ...(mimetype && { source: { mimetype } }),
      })
      assert.ok(outcomes.has('created'))
    })
  }

  it('ends no process of the action', () => {
    const processes = damage.processes()
    assert.ok(processes <= availableParallelism(), `${processes} processes were started`)
  })
})
