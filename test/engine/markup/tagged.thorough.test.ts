import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { writeMarkdown } from '../../../src/engine/markup/markdown/write-markdown.ts'
import { readTags } from '../../../src/engine/markup/pages/read-tags.ts'
import { qpdf } from '../../../src/engine/pdf/qpdf/qpdf.ts'
import { writeTags } from '../../../src/engine/pdf/tags/write-tags.ts'
import { createDice, mutate } from '../../fuzz/mutation.ts'
import { amountOf, seedOf } from '../../support/amounts.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { tag, taggedPdf, tagWith } from './tagged-pdf.ts'

const FILES = amountOf({ thoroughly: 2000, usually: 200 })

/** Far more than the slowest of them takes, in milliseconds of a processor. */
const MOST_MS = 3000

/** What a damaged file may come to. */
const OUTCOMES = ['written', 'untagged', 'corrupt', 'encrypted', 'unknown encryption']

const cells = (type: string, ...texts: readonly string[]) =>
  tag('TR', ...texts.map((text) => tagWith(type, '/A<</O/Table/ColSpan 2/RowSpan 1>>', text)))

describe('the reader of tagged PDFs', function () {
  this.timeout(900_000)
  const folder = useTemporaryFolder()

  const document = taggedPdf(
    [
      tag('Sect', tag('H', 'Title'), tag('Absatz', 'Words ', tag('Strong', 'strong'))),
      tag('L', tag('LI', tag('Lbl', '1.'), tag('LBody', 'one', tag('L', tag('LI', 'within'))))),
      tag('Table', tag('Caption', 'About'), cells('TH', 'a', 'b'), cells('TD', '1', '2')),
      tagWith('Figure', '/Alt(A dot)/ActualText(dot)', 'fig'),
    ],
    { root: '/RoleMap<</Absatz/P>>', before: '/Artifact BMC EMC' },
  )
  const ways: Record<string, readonly string[]> = {
    'as they are': [],
    'with streams of objects': ['--object-streams=generate'],
  }
  for (const [way, args] of Object.entries(ways)) {
    it(`reads damaged files or calls them damaged, and takes no time: ${way}, ${FILES} times`, async () => {
      const [from, path] = [folder.pathTo('from.pdf'), folder.pathTo('damaged.pdf')]
      const tagsPath = folder.pathTo('tags.json')
      writeFileSync(from, document)
      await qpdf([{ path: from }, { path }, ...args], undefined, undefined)
      const whole = readFileSync(path)
      const dice = createDice(seedOf(23))
      let read = 0
      for (let count = 0; count < FILES; count += 1) {
        writeFileSync(path, mutate(whole, dice))
        const before = process.cpuUsage()
        const { outcome } = await writeTags({ path, password: undefined }, tagsPath)
        assert.ok(OUTCOMES.includes(outcome), `file ${count} is ${outcome}`)
        if (outcome === 'written') {
          read += 1
          writeMarkdown(readTags(tagsPath, []))
        }
        const { user, system } = process.cpuUsage(before)
        assert.ok(user + system < MOST_MS * 1000, `file ${count} took ${user + system} µs`)
      }
      assert.ok(read > 0)
    })
  }
})
