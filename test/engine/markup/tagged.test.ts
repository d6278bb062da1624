import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { writeMarkdown } from '../../../src/engine/markup/markdown/write-markdown.ts'
import { readTags } from '../../../src/engine/markup/pages/read-tags.ts'
import { writeTags } from '../../../src/engine/pdf/tags/write-tags.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { line, pdfOfPage } from '../pdf/pdf-files.ts'
import { tag, taggedPdf, tagWith } from './tagged-pdf.ts'

const item = (...parts: Parameters<typeof tag>[1][]) => tag('LI', ...parts)
const cells = (type: string, ...texts: readonly string[]) =>
  tag('TR', ...texts.map((text) => tag(type, tag('P', text))))

const CASES: readonly (readonly [what: string, pdf: Buffer, markdown: string])[] = [
  [
    'headings of all levels, and paragraphs',
    taggedPdf([tag('Document', tag('H1', 'Title'), tag('P', 'Words'), tag('H3', 'Below'))]),
    '# Title\n\nWords\n\n### Below\n',
  ],
  [
    'headings whose level is that of their sections',
    taggedPdf([
      tag('Sect', tag('H', 'One'), tag('Sect', tag('H', 'Two'), tag('Sect', tag('H', 'Three')))),
    ]),
    '# One\n\n## Two\n\n### Three\n',
  ],
  [
    'types that stand for others, by any number of steps',
    taggedPdf([tag('Überschrift', 'A'), tag('Absatz', 'B'), tag('Loop', 'C')].map(asAscii), {
      root: '/RoleMap<</Ueberschrift/Kopf/Kopf/H2/Absatz/P/Loop/Pool/Pool/Loop>>',
    }),
    '## A\n\nB\n\nC\n',
  ],
  [
    'types of another space of names, and those of HTML',
    taggedPdf([
      tagWith('head', '/NS<</Type/Namespace/NS(urn:x)/RoleMapNS<</head/H1>>>>', 'A'),
      tag('h2', 'B'),
    ]),
    '# A\n\n## B\n',
  ],
  [
    'the order of its tags, and not of its lines',
    withOrder(taggedPdf([tag('P', 'first'), tag('H1', 'second')])),
    '# second\n\nfirst\n',
  ],
  [
    'words that are set apart within lines',
    taggedPdf([
      tag('P', 'Plain ', tag('Strong', 'strong'), tag('Span', ' and '), tag('Em', 'soft'), '.'),
      tag('H1', 'x'),
    ]),
    'Plain **strong** and *soft* .\n\n# x\n',
  ],
  [
    'lists with marks, which have tags of their own, or none',
    taggedPdf([
      tag('H1', 'x'),
      tag(
        'L',
        item(tag('Lbl', '-'), tag('LBody', 'one')),
        item(tag('Lbl', '-'), tag('LBody', 'two')),
      ),
      tag('P', 'between'),
      tag('L', item(tag('LBody', tag('P', '- three'))), item(tag('LBody', tag('P', '- four')))),
      tag('P', 'between'),
      tag('L', item(tag('LBody', tag('P', '-', 'five'))), item(tag('LBody', tag('P', '-', 'six')))),
    ]),
    '# x\n\n- one\n- two\n\nbetween\n\n- three\n- four\n\nbetween\n\n- five\n- six\n',
  ],
  [
    'lists with numbers, from any on',
    taggedPdf([
      tag('H1', 'x'),
      tag(
        'L',
        item(tag('Lbl', '4.'), tag('LBody', 'one')),
        item(tag('Lbl', '5.'), tag('LBody', 'two')),
      ),
      tag('P', 'between'),
      tag('L', item(tag('LBody', 'a) three')), item(tag('LBody', 'b) four'))),
      tag('P', 'between'),
      tagWith('L', '/A<</O/List/ListNumbering/Decimal>>', item(tag('LBody', 'five'))),
    ]),
    '# x\n\n4. one\n5. two\n\nbetween\n\n1. three\n2. four\n\nbetween\n\n1. five\n',
  ],
  [
    'lists within items, and beside them',
    taggedPdf([
      tag('H1', 'x'),
      tag(
        'L',
        item(tag('LBody', 'one', tag('L', item(tag('LBody', 'within'))))),
        tag('L', item(tag('LBody', 'beside'))),
      ),
    ]),
    '# x\n\n- one\n  - within\n  - beside\n',
  ],
  [
    'items that begin as names do, whole',
    taggedPdf([
      tag('H1', 'x'),
      tag('L', item(tag('LBody', 'A. Smith')), item(tag('LBody', 'Lee'))),
    ]),
    '# x\n\n- A. Smith\n- Lee\n',
  ],
  [
    'tables with their headers and wide cells',
    taggedPdf([
      tag('H1', 'x'),
      tag(
        'Table',
        tag('Caption', tag('P', 'About')),
        tag('THead', cells('TH', 'Name', 'Age')),
        tag(
          'TBody',
          cells('TD', 'Anna', '7'),
          tag('TR', tagWith('TD', '/A<</O/Table/ColSpan 2>>', 'all')),
        ),
      ),
    ]),
    '# x\n\nAbout\n\n| Name | Age |\n| --- | --- |\n| Anna | 7 |\n| all |  |\n',
  ],
  [
    'words in place of pictures, and of what is meant otherwise',
    taggedPdf([
      tag('H1', 'x'),
      tagWith('Figure', '/Alt(A red dot)', 'fig'),
      tag('P', 'It is ', tagWith('Span', '/ActualText(2026)', 'MMXXVI'), ' now'),
    ]),
    '# x\n\nA red dot\n\nIt is 2026 now\n',
  ],
  [
    'links, but for those that could run something',
    taggedPdf(
      [
        tag('H1', 'x'),
        tag(
          'P',
          'See ',
          tagWith('Link', '/K[4 <</Type/OBJR/Obj 6 0 R>>]'),
          ' and ',
          tagWith('Link', '/K[5 <</Type/OBJR/Obj 7 0 R>>]'),
        ),
      ],
      {
        behind:
          '/Link <</MCID 4>> BDC BT /F 10 Tf 20 180 Td (here) Tj ET EMC /Link <</MCID 5>> BDC BT /F 10 Tf 20 160 Td (there) Tj ET EMC',
        objects: [
          '<</Type/Annot/Subtype/Link/Rect[0 0 1 1]/A<</S/URI/URI(https://example.org/a)>>>>',
          '<</Type/Annot/Subtype/Link/Rect[0 0 1 1]/A<</S/URI/URI(javascript:alert\\(1\\))>>>>',
        ],
      },
    ),
    '# x\n\nSee [here](https://example.org/a) and there\n',
  ],
  [
    'nothing of what is no part of the text',
    taggedPdf([tag('H1', 'x'), tag('Artifact', 'y')], {
      before: '/Artifact BMC BT /F 10 Tf 20 20 Td (Page 1) Tj ET EMC',
    }),
    '# x\n',
  ],
  [
    'what has no tags behind all else',
    taggedPdf([tag('H1', 'A long title'), tag('P', 'with many words')], {
      before: line('loose', 20),
    }),
    '# A long title\n\nwith many words\n\nloose\n',
  ],
  [
    'quotations, and the words of unknown types as paragraphs',
    taggedPdf([tag('H1', 'x'), tag('BlockQuote', tag('P', 'said')), tag('Unknown', 'words')]),
    '# x\n\n> said\n\nwords\n',
  ],
  [
    'headings of large and of bold letters where its tags name none',
    taggedPdf([
      tag('P', '#Minutes'),
      tag('P', '*Present'),
      ...Array.from({ length: 4 }, () => tag('P', 'Many words of a text that goes on and on.')),
    ]),
    `# Minutes\n\n## Present\n${'\nMany words of a text that goes on and on.\n'.repeat(4)}`,
  ],
]

/** Names of objects in these files are ASCII. */
function asAscii(element: ReturnType<typeof tag>): ReturnType<typeof tag> {
  return { ...element, type: element.type.replace('Ü', 'Ue') }
}

/** The elements of a file the other way round. */
function withOrder(pdf: Buffer): Buffer {
  const text = pdf.toString('latin1').replace(/(StructTreeRoot\/K\[)(\d+ 0 R) (\d+ 0 R)/, '$1$3 $2')
  return Buffer.from(text, 'latin1')
}

describe('the text of tagged PDFs as Markdown', () => {
  const folder = useTemporaryFolder()

  async function read(pdf: Buffer): Promise<string> {
    const [path, tagsPath] = [folder.pathTo('tagged.pdf'), folder.pathTo('tags.json')]
    writeFileSync(path, pdf)
    const { outcome } = await writeTags({ path, password: undefined }, tagsPath)
    return outcome === 'written' ? writeMarkdown(readTags(tagsPath, [])) : outcome
  }

  for (const [what, pdf, markdown] of CASES) {
    it(`has ${what}`, async () => {
      assert.equal(await read(pdf), markdown)
    })
  }

  it('is none where there are no tags, or they have little of it', async () => {
    const loose = line('much more text than tags have', 20)
    for (const pdf of [
      pdfOfPage({ contents: loose }),
      taggedPdf([]),
      taggedPdf([tag('H1', 'x')], { before: loose }),
      taggedPdf([tag('H1')]),
    ]) {
      assert.equal(await read(pdf), 'untagged')
    }
  })

  it('is no deeper in itself than anybody reads, with all of its words', async () => {
    let list = tag('L', item(tag('LBody', 'innermost')))
    for (let level = 0; level < 40; level += 1) list = tag('L', item(tag('LBody', list)))
    const markdown = await read(taggedPdf([tag('H1', 'x'), list]))
    assert.match(markdown, /innermost/)
    assert.equal(markdown.match(/- /g)?.length, 32)
  })

  it('comes to an end where tags lead in circles, and has each once', async () => {
    const circle = taggedPdf([tag('Sect', tag('H1', 'x'), tag('P', 'words'))], {
      objects: ['<</Type/StructElem/S/P/Pg 3 0 R/K[6 0 R]>>'],
    })
    const text = circle.toString('latin1').replace(/S\/Sect\/Pg 3 0 R\/K\[/, '$&6 0 R 6 0 R ')
    assert.equal(await read(Buffer.from(text, 'latin1')), '# x\n\nwords\n')
  })
})
