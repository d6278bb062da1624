import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { qpdf } from '../../../src/engine/pdf/qpdf/qpdf.ts'
import { writeHiddenUpdate } from '../../../src/engine/pdf/structure/hidden-update.ts'
import { readProperties } from '../../../src/engine/pdf/structure/pdf-properties.ts'
import { withOpenFile } from '../../../src/sources/open-file.ts'
import { createDice, mutate } from '../../fuzz/mutation.ts'
import { amountOf, seedOf } from '../../support/amounts.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { line, pdfOfPage } from './pdf-files.ts'

const FILES = amountOf({ thoroughly: 3000, usually: 200 })

/** Far more than the slowest of them takes, in milliseconds of a processor. */
const MOST_MS = 2000

describe('the reader of what a PDF says of itself', function () {
  this.timeout(600_000)
  const folder = useTemporaryFolder()

  const document = pdfOfPage({
    contents: `/OC /A BDC ${line('shown', 200)}EMC`,
    resources: '/Properties<</A 7 0 R>>',
    catalog: '/OCProperties<</OCGs[6 0 R 7 0 R]/D<</OFF[7 0 R]>>>>',
    objects: ['<</Type/OCG/Name(Shown)>>', '<</Type/OCG/Name(Hidden)>>'],
  })
  const ways: Record<string, readonly string[]> = {
    'as it is': [],
    'with streams of objects': ['--object-streams=generate'],
    'encrypted with AES of 256 bits': [
      '--object-streams=generate',
      '--encrypt',
      '',
      'owner',
      '256',
      '--',
    ],
    'encrypted with RC4': ['--allow-weak-crypto', '--encrypt', '', 'owner', '128', '--'],
  }
  for (const [way, args] of Object.entries(ways)) {
    it(`reads damaged files or calls them damaged, and takes no time: ${way}, ${FILES} times`, async () => {
      const [from, path] = [folder.pathTo('from.pdf'), folder.pathTo('damaged.pdf')]
      writeFileSync(from, document)
      await qpdf([{ path: from }, { path }, ...args], undefined, undefined)
      const whole = readFileSync(path)
      const dice = createDice(seedOf(21))
      for (let count = 0; count < FILES; count += 1) {
        writeFileSync(path, mutate(whole, dice))
        const before = process.cpuUsage()
        readProperties(path, undefined)
        withOpenFile(path, (file) => writeHiddenUpdate(file, undefined))
        const { user, system } = process.cpuUsage(before)
        assert.ok(user + system < MOST_MS * 1000, `file ${count} took ${user + system} µs`)
      }
    })
  }
})
