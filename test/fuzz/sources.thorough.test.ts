import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { SOURCE_FORMATS } from '../../src/engine/pictures/source-formats.ts'
import { formatOfExtension } from '../../src/sources/format-lookup.ts'
import { identifyContent } from '../../src/sources/identify.ts'
import { dngOf } from '../engine/pictures/conversion/raw-photos.ts'
import { dicomOf, GREY_JPEG_2000 } from '../engine/pictures/stand-ins/dicom-files.ts'
import { amountOf } from '../support/amounts.ts'
import { readSeeds, useDamage } from './damage.ts'

/** Nearly all damage to a PNG breaks a checksum, so that more of them are tried until one goes unnoticed. */
const countOf = (id: string): number =>
  amountOf({ thoroughly: 2000, usually: id === 'png' ? 1000 : 100 })

const TROUBLESOME = path.join(import.meta.dirname, '../engine/pictures/troublesome')

/** Files that have what no case has, and whose readers are others. */
const WITHOUT_CASE = [
  'tiff-lzma.tif',
  'tiff-float-64.tif',
  'tiff-tiles-of-planes-and-alpha.tif',
  'tiff-grey-alpha-planes.tif',
  'tiff-webp.tif',
  'tiff-jpeg-2000.tif',
  'tiff-jpeg-xl.tif',
  'tiff-jpeg-12-bit.tif',
  'tiff-log-luv.tif',
  'tiff-ycbcr-in-planes.tif',
  'tiff-ycbcr-in-tiles.tif',
  'jpeg-12-bit.jpg',
  'jpeg-ls.jpg',
  'bmp-of-os2.bmp',
  'bmp-runs-of-4-bits.bmp',
  'png-picture-beside-animation.png',
  'svg-photo-on-its-side.svg',
  'svg-newer-styles.svg',
] as const

describe('a damaged picture', function () {
  this.timeout(600_000)
  const damage = useDamage()
  const seeds: Partial<Record<string, Buffer[]>> = {}

  before(async () => {
    for (const file of readSeeds('worker', () => 'all')['all'] ?? []) {
      const content = await identifyContent(file)
      if (content !== undefined) (seeds[content] ??= []).push(file)
    }
    // Of documents that are zip files only their parts tell what they are.
    const byExtension = readSeeds('worker', (_file, extension) => formatOfExtension(extension))
    for (const id of ['kra', 'ora', 'xd', 'sketch', 'fig', 'procreate'] as const) {
      seeds[id] = byExtension[id] ?? []
    }
    // Where Ghostscript is, it draws them in the action that cases are for.
    seeds['eps'] = readSeeds('document', (_file, extension) => extension)['eps'] ?? []
    for (const name of WITHOUT_CASE) {
      const file = readFileSync(path.join(TROUBLESOME, name))
      const content = await identifyContent(file)
      if (content !== undefined) (seeds[content] ??= []).push(file)
    }
    seeds['dicom']?.push(
      dicomOf({
        transferSyntax: '1.2.840.10008.1.2.4.90',
        stored: 12,
        pixels: Buffer.alloc(0),
        pieces: [GREY_JPEG_2000],
      }),
    )
    // Those of cameras are megabytes each, so that no case has one.
    seeds['raw'] = [dngOf(), dngOf({ width: 40, height: 30, orientation: 6 })]
  })

  for (const [id, format] of Object.entries(SOURCE_FORMATS).filter(([each]) => each !== 'pdf')) {
    it(`ends in a rendition or a documented reason: ${format.title}, ${countOf(id)} times`, async () => {
      const outcomes = await damage.run({
        action: 'worker',
        seeds: seeds[id],
        count: countOf(id),
        rendition: { fmt: 'png', width: 32, height: 32 },
      })
      // Damage that nothing notices, or that everything notices, would try nothing.
      assert.ok(outcomes.has('created'))
      assert.ok(outcomes.has('SourceCorrupt'))
    })
  }

  it('ends no process of the action', () => {
    const processes = damage.processes()
    assert.ok(processes <= availableParallelism(), `${processes} processes were started`)
  })
})
