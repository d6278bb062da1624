import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { amountOf } from '../support/amounts.ts'
import { readSeeds, useDamage } from './damage.ts'

const FILES_PER_KIND = amountOf({ thoroughly: 500, usually: 100 })

/** Of kinds that ExifTool reads, which takes it a third of a second each. */
const FILES_FOR_EXIFTOOL = amountOf({ thoroughly: 12, usually: 3 })

const PACKET = Buffer.from(
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="3"/></rdf:RDF>',
).toString('base64')

const READ_BY_EXIFTOOL = ['jpg', 'png', 'tiff', 'webp', 'gif', 'psd', 'pdf', 'mp4', 'rtf']
const READ_HERE = ['svg', 'docx', 'pptx', 'xlsx', 'odt', 'ods', 'odp', 'epub', 'html']
const WRITABLE = ['jpg', 'png', 'tiff', 'webp', 'gif', 'psd', 'pdf', 'svg']

const countOf = (kind: string): number =>
  READ_BY_EXIFTOOL.includes(kind) ? FILES_FOR_EXIFTOOL : FILES_PER_KIND

const RUNS = [
  ...[...READ_BY_EXIFTOOL, ...READ_HERE].map((kind) => ({
    title: `metadata of ${kind}`,
    kind,
    rendition: { fmt: 'xmp' },
  })),
  ...WRITABLE.map((kind) => ({
    title: `metadata into ${kind}`,
    kind,
    rendition: { fmt: kind, xmp: PACKET },
  })),
]

describe('a damaged source of metadata', function () {
  this.timeout(900_000)
  const damage = useDamage()
  const seeds = readSeeds('metadata', (_file, extension) => extension)

  for (const { title, kind, rendition } of RUNS) {
    it(`ends in a rendition or a documented reason: ${title}, ${countOf(kind)} times`, async () => {
      const outcomes = await damage.run({
        action: 'metadata',
        seeds: seeds[kind],
        count: countOf(kind),
        rendition,
      })
      assert.ok(outcomes.has('created'))
    })
  }

  it('ends no process of the action', () => {
    const processes = damage.processes()
    assert.ok(processes <= availableParallelism(), `${processes} processes were started`)
  })
})
