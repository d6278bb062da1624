import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { OperationError } from '../../../src/base/operation-error.ts'
import { type MarkupOptions, markup } from '../../../src/engine/markup/markup.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { zip } from '../../support/zip.ts'
import { docx, mhtml, odf, odfPart, paragraph, pptx, slide, xlsx } from '../text/documents.ts'

const DOT = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='

/** A paragraph of a Word document that has a style. */
function styled(style: string, text: string): string {
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`
}

const HEADING_STYLE =
  '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'

const WITH_HEADING = docx(
  `${styled('Heading1', 'Tide')}${paragraph('a')}`,
  [['s', 'styles', 'styles.xml']],
  {
    'word/styles.xml': `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${HEADING_STYLE}</w:styles>`,
  },
)

const WITH_ANOTHER = docx(
  `${paragraph('before')}<w:altChunk r:id="c" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>`,
  [['c', 'aFChunk', 'other.html']],
  { 'word/other.html': '<p>inside' },
)

const SLIDES = pptx(
  ['r1', 'r2'],
  [
    ['r1', 'slide', 'slides/one.xml'],
    ['r2', 'slide', 'slides/two.xml'],
  ],
  {
    'ppt/slides/one.xml': slide('sld', [
      ['title', 'Harbour *plan*'],
      ['body', 'first'],
    ]),
    'ppt/slides/two.xml': slide('sld', [['body', 'no title']]),
  },
)

const LISTS =
  '<text:list-style style:name="L"><text:list-level-style-number text:level="1"/><text:list-level-style-bullet text:level="2"/></text:list-style>'

const TEXT = odf(
  'text',
  `<office:text>
    <text:p text:style-name="P">Ferries</text:p>
    <text:h text:outline-level="2">Summer</text:h>
    <text:p>See <text:a xlink:href="https://a.b/c" xmlns:xlink="x">the list</text:a>, <text:a xlink:href="javascript:x()" xmlns:xlink="x">run</text:a></text:p>
    <text:list text:style-name="L">
      <text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>deep</text:p></text:list-item></text:list></text:list-item>
      <text:list-item><text:p>two</text:p></text:list-item>
    </text:list>
    <table:table><table:table-row><table:table-cell><text:p>a|b</text:p></table:table-cell><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row>
    <table:table-row><table:table-cell/><table:table-cell><text:p>d</text:p><text:p>e</text:p></table:table-cell></table:table-row></table:table>
    <text:p>after</text:p>
  </office:text>`,
)

const STYLED_TEXT = odf('text', '', {
  'content.xml': odfPart(
    `<office:automatic-styles><style:style style:name="P" style:parent-style-name="Heading_20_3"/>${LISTS}</office:automatic-styles><office:body><office:text><text:p text:style-name="P">x</text:p><text:list text:style-name="L"><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>deep</text:p></text:list-item></text:list></text:list-item></text:list></office:text></office:body>`,
  ),
})

const RTF = String.raw`{\rtf1{\stylesheet{\s0 Normal;}{\s3 heading 2;}}\pard\s3 Summer\par\pard one\par\pard\ls1\ilvl0 a\par\pard\ls1\ilvl1 b\par\pard\trowd\cellx1\cellx2\intbl k\cell l\cell\row\trowd\intbl m\cell n\cell\row\pard after}`

const NUMBERED_RTF = String.raw`{\rtf1{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc0{\leveltext a}}{\listlevel\levelnfc23}\listid7}{\list{\listlevel\levelnfc23}\listid8}}{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}{\listoverride\listid8\listoverridecount0\ls2}}\pard\ls1 first\par\pard\ls1\ilvl1 below\par\pard\ls1 second\par\pard\ls2 marked\par}`

interface Example {
  readonly what: string
  readonly name: string
  readonly source: string | Buffer
  readonly made: string
}

const READ: readonly Example[] = [
  {
    what: 'headings of Word documents',
    name: 'a.docx',
    source: WITH_HEADING,
    made: '# Tide\n\na\n',
  },
  {
    what: 'the words of documents that a Word document imports',
    name: 'a.docx',
    source: WITH_ANOTHER,
    made: 'before\\\ninside\n',
  },
  {
    what: 'sheets under their names, cells in their columns',
    name: 'a.xlsx',
    source: xlsx({
      sheets: [
        '<row><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c></row><row><c r="B2"><v>3</v></c></row>',
        '<row><c r="A1"><v>4</v></c></row>',
      ],
    }),
    made: '## S0\n\n| 1 |  | 2 |\n| --- | --- | --- |\n|  | 3 |  |\n\n## S1\n\n4\n',
  },
  {
    what: 'slides under their titles, or their numbers',
    name: 'a.pptx',
    source: SLIDES,
    made: '## Harbour \\*plan\\*\n\nfirst\n\n## Slide 2\n\nno title\n',
  },
  {
    what: 'headings, links, lists and tables of OpenDocument texts',
    name: 'a.odt',
    source: TEXT,
    made: 'Ferries\n\n## Summer\n\nSee [the list](https://a.b/c), run\n\n- one\n  - deep\n- two\n\n| a\\|b | c |\n| --- | --- |\n|  | d<br>e |\n\nafter\n',
  },
  {
    what: 'styles of headings and of lists of OpenDocument texts',
    name: 'a.odt',
    source: STYLED_TEXT,
    made: '### x\n\n1. one\n   - deep\n',
  },
  {
    what: 'lists of RTF that have numbers, or marks',
    name: 'a.rtf',
    source: NUMBERED_RTF,
    made: '1. first\n   - below\n2. second\n\n<!-- -->\n\n- marked\n',
  },
  {
    what: 'headings, lists and tables of RTF',
    name: 'a.rtf',
    source: RTF,
    made: '## Summer\n\none\n\n- a\n  - b\n\n| k | l |\n| --- | --- |\n| m | n |\n\nafter\n',
  },
  {
    what: 'no heading of a paragraph behind an empty one',
    name: 'a.odt',
    source: odf(
      'text',
      '<office:text><text:h text:outline-level="1"/><text:p>x</text:p></office:text>',
    ),
    made: 'x\n',
  },
  {
    what: 'all that follows a table, however much that is',
    name: 'a.rtf',
    source: String.raw`{\rtf1\trowd\cellx1\intbl k\cell l\cell\row\pard ${String.raw`a\par `.repeat(130_000)}}`,
    made: `| k | l |\n| --- | --- |\n\n${Array(130_000).fill('a').join('\n\n')}\n`,
  },
  {
    what: 'tables of CSV, whatever is between their cells',
    name: 'a.csv',
    source: 'a;b\n"x;y";2\n\n',
    made: '| a | b |\n| --- | --- |\n| x;y | 2 |\n',
  },
  {
    what: 'pages without the bytes of their pictures',
    name: 'a.html',
    source: `<title>T</title><h1>H</h1><p><img src="${DOT}" alt="a boat"> <img src="https://a.b/c.png" alt="web">`,
    made: '---\ntitle: T\n---\n\n# H\n\na boat ![web](https://a.b/c.png)\n',
  },
  {
    what: 'pages that are in one file with their pictures',
    name: 'a.mht',
    source: mhtml('text/html', '<h2>H</h2><p>a'),
    made: '## H\n\na\n',
  },
  { what: 'Markdown', name: 'a.md', source: '# a\n\n* b', made: '# a\n\n- b\n' },
  { what: 'plain text as it is', name: 'a.txt', source: '# a\n\nb', made: '\\# a\n\nb\n' },
  { what: 'XML by its text', name: 'a.xml', source: '<a><b>x</b></a>', made: 'x\n' },
  {
    what: 'nothing of a picture',
    name: 'a.gif',
    source: Buffer.from(DOT.slice(DOT.indexOf(',') + 1), 'base64'),
    made: '',
  },
]

describe('markup of documents', function () {
  this.timeout(60_000)
  const folder = useTemporaryFolder()

  async function make(name: string, source: string | Buffer, wanted: MarkupOptions) {
    const path = folder.pathTo('source')
    await writeFile(path, source)
    const [made] = markup.run({
      sources: [{ path, name }],
      wanted: [wanted],
      folder: folder.pathTo(''),
      fetch: () => Promise.reject(new Error('nothing is fetched')),
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    const [file] = (await made) ?? []
    assert.ok(file)
    return { ...file, text: await readFile(file.path, 'utf8') }
  }

  for (const { what, name, source, made } of READ) {
    it(`has ${what}`, async () => {
      const { text, mediaType, charset } = await make(name, source, { to: 'md' })
      assert.equal(text, made)
      assert.deepEqual([mediaType, charset], ['text/markdown', 'utf-8'])
    })
  }

  it('is a page as HTML, the first row of a table its head', async () => {
    const { text, mediaType } = await make('a.csv', 'k,l\n1,<2>', { to: 'html' })
    assert.match(text, /^<!doctype html>\n<html>/)
    assert.match(text, /<thead>\n<tr><th>k<\/th><th>l<\/th><\/tr>\n<\/thead>/)
    assert.match(text, /<td>1<\/td><td>&lt;2&gt;<\/td>/)
    assert.equal(mediaType, 'text/html')
  })

  const FAILING: readonly (readonly [string, string, string | Buffer, string])[] = [
    ['an empty source', 'a', '', 'source_empty'],
    ['a package that breaks off', 'a.docx', WITH_HEADING.subarray(0, 300), 'source_corrupt'],
    [
      'a table that is far wider than long',
      'a.csv',
      `${','.repeat(2000)}x\n${'y\n'.repeat(600)}`,
      'source_exceeds_limit',
    ],
    ['a zip file that is no document', 'a.zip', zip({ 'a.bin': 'x' }), 'source_no_text'],
  ]
  for (const [what, name, source, code] of FAILING) {
    it(`is not made of ${what}`, async () => {
      await assert.rejects(
        make(name, source, { to: 'md' }),
        (error) => error instanceof OperationError && error.code === code,
      )
    })
  }
})
