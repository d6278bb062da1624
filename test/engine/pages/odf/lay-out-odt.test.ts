import assert from 'node:assert/strict'
import type { Page } from '../../../../src/engine/pages/drawing/page.ts'
import { drawnOn, linesOf } from '../drawn.ts'
import { flatFile, LAYOUT, layOut, layOutFile, type OdfFile, odfFile, style } from './odf-file.ts'

const FIRST: Pick<Page, 'marks'> = { marks: [] }

async function firstPage(file: OdfFile): Promise<Pick<Page, 'marks'>> {
  const [page] = await layOut('text', file)
  return page ?? FIRST
}

const NUMBERS =
  '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:margin-left="30pt" fo:text-indent="-20pt"/></style:list-level-properties></text:list-level-style-number><text:list-level-style-bullet text:level="2" text:bullet-char="•"><style:list-level-properties text:space-before="40pt" text:min-label-width="10pt"/></text:list-level-style-bullet></text:list-style>'

function item(...content: readonly string[]): string {
  return `<text:list-item>${content.join('')}</text:list-item>`
}

function cell(text: string, attributes = ''): string {
  return `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`
}

describe('pages of a text document of OpenDocument', () => {
  it('have the size, the margins, the header and the footer of their master page', async () => {
    const [page, second] = await layOut('text', {
      layouts: LAYOUT.replace(
        '</style:page-layout>',
        '<style:header-style><style:header-footer-properties fo:min-height="30pt"/></style:header-style></style:page-layout>',
      ),
      masters:
        '<style:master-page style:name="Standard" style:page-layout-name="pm"><style:header><text:p>head</text:p></style:header><style:footer><text:p>page <text:page-number>9</text:page-number></text:p></style:footer></style:master-page>',
      made: style('paragraph', 'P', '<style:paragraph-properties fo:break-before="page"/>'),
      body: '<text:p>one</text:p><text:p text:style-name="P">two</text:p>',
    })
    assert.deepEqual([page?.width, page?.height], [400, 300])
    assert.deepEqual(
      [page, second].map((each) => linesOf(each ?? FIRST)),
      [
        ['head', 'one', 'page1'],
        ['head', 'two', 'page2'],
      ],
    )
    const one = drawnOn(page ?? FIRST).texts.find(({ text }) => text === 'one')
    assert.deepEqual([one?.x, (one?.y ?? 0) > 80 && (one?.y ?? 0) < 100], [50, true])
  })

  it('change where a paragraph says that another master page begins, without the margins of the one before', async () => {
    const pages = await layOut('text', {
      layouts: `${LAYOUT}<style:page-layout style:name="wide"><style:page-layout-properties fo:page-width="600pt" fo:page-height="200pt" fo:margin="20pt"/></style:page-layout>`,
      masters:
        '<style:master-page style:name="Standard" style:page-layout-name="pm"><style:header><text:p>head</text:p></style:header></style:master-page><style:master-page style:name="Wide" style:page-layout-name="wide"/>',
      made: style('paragraph', 'P', '', 'style:master-page-name="Wide"'),
      body: '<text:p>one</text:p><text:p text:style-name="P">two</text:p>',
    })
    assert.deepEqual(
      pages.map((page) => [page.width, ...linesOf(page)]),
      [
        [400, 'head', 'one'],
        [600, 'two'],
      ],
    )
  })

  it('have letters as their styles say, each over what it is based on and in', async () => {
    const page = await firstPage({
      styles: `${style('paragraph', 'Base', '<style:text-properties style:use-window-font-color="true" fo:font-size="20pt"/>')}${style('paragraph', 'Half', '<style:text-properties fo:font-size="50%" fo:color="#102030" style:font-name="F"/>', 'style:parent-style-name="Base"')}`,
      made: `<style:font-face style:name="F" svg:font-family="'Liberation Sans'"/>${style('text', 'T', '<style:text-properties fo:font-weight="bold" fo:color="#ff0000" style:text-position="super 58%"/>')}`,
      body: '<text:p text:style-name="Half">small<text:span text:style-name="T">2</text:span></text:p>',
    })
    const [small, raised] = drawnOn(page).texts
    assert.deepEqual([small?.size, small?.colour], [10, '102030'])
    assert.deepEqual([raised?.text, raised?.colour], ['2', 'ff0000'])
    assert.ok((raised?.size ?? 10) < 10 && (raised?.y ?? 0) < (small?.y ?? 0))
    assert.match(raised?.font ?? '', /700Bold/)
  })

  const lists: readonly (readonly [title: string, body: string, lines: readonly string[]])[] = [
    [
      'numbered, with others in them',
      `<text:list text:style-name="N">${item('<text:p>a</text:p>', `<text:list>${item('<text:p>in</text:p>')}</text:list>`)}${item('<text:p>b</text:p>', '<text:p>more</text:p>')}</text:list>`,
      ['1.a', '•in', '2.b', 'more'],
    ],
    [
      'that begin anew, go on, and start where they say',
      `<text:list text:style-name="N">${item('<text:p>a</text:p>')}</text:list><text:list text:style-name="N">${item('<text:p>b</text:p>')}</text:list><text:list text:style-name="N" text:continue-numbering="true">${item('<text:p>c</text:p>')}<text:list-item text:start-value="7"><text:p>d</text:p></text:list-item></text:list>`,
      ['1.a', '1.b', '2.c', '7.d'],
    ],
    [
      'with heads, which have no number',
      `<text:list text:style-name="N"><text:list-header><text:p>head</text:p></text:list-header>${item('<text:p>a</text:p>')}</text:list>`,
      ['head', '1.a'],
    ],
  ]
  for (const [title, body, lines] of lists) {
    it(`have lists ${title}`, async () => {
      assert.deepEqual(linesOf(await firstPage({ styles: NUMBERS, body })), lines)
    })
  }

  it('have headings with the numbers of their outline', async () => {
    const page = await firstPage({
      styles:
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="A" style:num-suffix=")"/></text:outline-style>',
      body: '<text:h text:outline-level="1">one</text:h><text:h text:outline-level="2">below</text:h><text:h text:outline-level="1">two</text:h>',
    })
    assert.deepEqual(
      linesOf(page),
      ['A) one', 'below', 'B) two'].map((line) => line.replace(') ', ')')),
    )
  })

  it('have tables with grounds, cells over several columns and rows, and rows of one style', async () => {
    const page = await firstPage({
      made: `${style('table', 'T', '<style:table-properties style:width="200pt"/>')}${style('table-column', 'C', '<style:table-column-properties style:column-width="100pt"/>')}${style('table-cell', 'G', '<style:table-cell-properties fo:background-color="#00ff00"/>')}`,
      body: `<table:table table:style-name="T"><table:table-column table:style-name="C" table:number-columns-repeated="2"/><table:table-row table:default-cell-style-name="G">${cell('wide', 'table:number-columns-spanned="2"')}<table:covered-table-cell/></table:table-row><table:table-row>${cell('high', 'table:number-rows-spanned="2"')}${cell('b')}</table:table-row><table:table-row><table:covered-table-cell/>${cell('c')}</table:table-row></table:table>`,
    })
    const { texts, boxes } = drawnOn(page)
    assert.deepEqual(
      texts.map(({ text, x }) => [text, x]),
      [
        ['wide', 50],
        ['high', 50],
        ['b', 150],
        ['c', 150],
      ],
    )
    const ground = boxes.find(({ fill }) => fill === '00ff00')
    assert.deepEqual([ground?.x, ground?.width], [50, 200])
  })

  it('have pictures in a line and beside the text, and frames with text', async () => {
    const page = await firstPage({
      made: style(
        'graphic',
        'R',
        '<style:graphic-properties style:wrap="parallel" style:horizontal-pos="right" style:horizontal-rel="paragraph" fo:background-color="#ffff00"/>',
      ),
      body: '<text:p><draw:frame draw:style-name="R" text:anchor-type="paragraph" svg:width="100pt" svg:height="40pt"><draw:image xlink:href="Pictures/a.png"/></draw:frame>text <draw:frame text:anchor-type="as-char" svg:width="30pt" svg:height="20pt"><draw:image xlink:href="Pictures/b.png"/></draw:frame></text:p><text:p><draw:frame draw:style-name="R" text:anchor-type="paragraph" svg:width="60pt" svg:height="20pt"><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame></text:p>',
      parts: { 'Pictures/a.png': 'a', 'Pictures/b.png': 'b' },
    })
    const { texts, boxes } = drawnOn(page)
    const find = (name: string): unknown => {
      const box = boxes.find(({ fill }) => fill === name)
      return box && [box.x, box.width, box.height]
    }
    assert.deepEqual(find('Pictures/a.png'), [250, 100, 40])
    assert.deepEqual(find('Pictures/b.png')?.toString().slice(-5), '30,20')
    assert.deepEqual(find('ffff00'), [290, 60, 20])
    assert.ok(texts.some(({ text, x }) => text === 'boxed' && x === 290))
  })

  it('have what is anchored to the page on the page of the first paragraph, whatever master page that has', async () => {
    const pages = await layOut('text', {
      masters: '<style:master-page style:name="Own" style:page-layout-name="pm"/>',
      made: style('paragraph', 'P', '', 'style:master-page-name="Own"'),
      body: '<text:sequence-decls/><draw:frame text:anchor-type="page" svg:x="5pt" svg:y="6pt" svg:width="30pt" svg:height="20pt"><draw:image xlink:href="Pictures/a.png"/></draw:frame><text:p text:style-name="P">a</text:p>',
      parts: { 'Pictures/a.png': 'a' },
    })
    assert.deepEqual(pages.map(linesOf), [['a']])
    assert.deepEqual(drawnOn(pages[0] ?? FIRST).boxes, [
      { x: 5, y: 6, width: 30, height: 20, fill: 'Pictures/a.png' },
    ])
  })

  it('have notes at their foot, and columns where a section says so', async () => {
    const page = await firstPage({
      made: style(
        'section',
        'S',
        '<style:section-properties><style:columns fo:column-count="2" fo:column-gap="20pt"/></style:section-properties>',
      ),
      body: `<text:p>word<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>below</text:p></text:note-body></text:note></text:p><text:section text:style-name="S"><text:p>${'narrow '.repeat(40)}</text:p></text:section>`,
    })
    const { texts } = drawnOn(page)
    const below = texts.find(({ text }) => text.includes('below'))
    assert.ok((below?.y ?? 0) > 230)
    assert.ok(texts.some(({ text, x }) => text.startsWith('narrow') && x === 210))
  })

  const hidden: readonly (readonly [title: string, body: string])[] = [
    ['comments', 'a<office:annotation><text:p>no</text:p></office:annotation>'],
    ['hidden letters', 'a<text:span text:style-name="H">no</text:span>'],
    ['names of notes', 'a<text:bookmark text:name="no"/>'],
  ]
  for (const [title, body] of hidden) {
    it(`do not have ${title}`, async () => {
      const made = style('text', 'H', '<style:text-properties text:display="none"/>')
      assert.deepEqual(linesOf(await firstPage({ made, body: `<text:p>${body}</text:p>` })), ['a'])
    })
  }

  it('are the same of a document in one file', async () => {
    const file: OdfFile = {
      styles: style('paragraph', 'P', '<style:text-properties fo:font-size="20pt"/>'),
      made: style('text', 'T', '<style:text-properties fo:color="#0000ff"/>'),
      masters:
        '<style:master-page style:name="Standard" style:page-layout-name="pm"><style:header><text:p text:style-name="P">head</text:p></style:header></style:master-page>',
      body: '<text:p text:style-name="P">a <text:span text:style-name="T">b</text:span></text:p>',
    }
    assert.deepEqual(
      await layOutFile('text', flatFile('text', file)),
      await layOutFile('text', odfFile('text', file)),
    )
  })
})
