import assert from 'node:assert/strict'
import type { Page, PageMark } from '../../../../src/engine/pages/drawing/page.ts'
import { drawnOn, linesOf } from '../drawn.ts'
import { layOut, type OdfFile, style } from './odf-file.ts'

function slide(shapes: string, attributes = ''): string {
  return `<draw:page draw:master-page-name="Standard" ${attributes}>${shapes}</draw:page>`
}

const SOLID = style(
  'graphic',
  'G',
  '<style:graphic-properties draw:fill="solid" draw:fill-color="#ff0000" draw:stroke="none"/>',
)

const PLACE = 'svg:x="10pt" svg:y="20pt" svg:width="100pt" svg:height="50pt"'

async function firstSlide(file: OdfFile): Promise<Page> {
  const [page] = await layOut('presentation', file)
  assert.ok(page)
  return page
}

/** The paths of a page, those within groups as well, each in the space of its group. */
function paths(marks: readonly PageMark[]): Extract<PageMark, { kind: 'path' }>[] {
  return marks.flatMap((mark) =>
    mark.kind === 'group' ? paths(mark.marks) : mark.kind === 'path' ? [mark] : [],
  )
}

describe('slides of OpenDocument', () => {
  it('have the size and the ground of their master page, or their own, and what it shows', async () => {
    const file: OdfFile = {
      layouts:
        '<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="400pt" fo:page-height="225pt"/></style:page-layout>' +
        style(
          'drawing-page',
          'M',
          '<style:drawing-page-properties draw:fill="solid" draw:fill-color="#00ff00"/>',
        ) +
        SOLID,
      masters: `<style:master-page style:name="Standard" style:page-layout-name="pm" draw:style-name="M"><draw:rect draw:style-name="G" ${PLACE}/><draw:frame presentation:class="title" ${PLACE}><draw:text-box><text:p>Click here</text:p></draw:text-box></draw:frame></style:master-page>`,
      made:
        style(
          'drawing-page',
          'own',
          '<style:drawing-page-properties draw:fill="solid" draw:fill-color="#0000ff"/>',
        ) +
        style(
          'drawing-page',
          'bare',
          '<style:drawing-page-properties presentation:background-objects-visible="false"/>',
        ),
      body: slide('') + slide('', 'draw:style-name="own"') + slide('', 'draw:style-name="bare"'),
    }
    const pages = await layOut('presentation', file)
    assert.deepEqual([pages[0]?.width, pages[0]?.height], [400, 225])
    assert.deepEqual(
      pages.map((page) => drawnOn(page).boxes.map(({ fill }) => fill)),
      [['00ff00', 'ff0000'], ['0000ff', 'ff0000'], ['00ff00']],
    )
    assert.deepEqual(pages.flatMap(linesOf), [])
  })

  it('have the footers that they say, and no page for those that are hidden', async () => {
    const pages = await layOut('presentation', {
      masters:
        '<style:master-page style:name="Standard" style:page-layout-name="pm"><draw:frame presentation:class="footer" svg:width="90pt" svg:height="20pt"><draw:text-box><text:p><presentation:footer/></text:p></draw:text-box></draw:frame><draw:frame presentation:class="page-number" svg:y="50pt" svg:width="90pt" svg:height="20pt"><draw:text-box><text:p><text:page-number/></text:p></draw:text-box></draw:frame></style:master-page>',
      made:
        style(
          'drawing-page',
          'H',
          '<style:drawing-page-properties presentation:visibility="hidden"/>',
        ) +
        style(
          'drawing-page',
          'F',
          '<style:drawing-page-properties presentation:display-footer="true" presentation:display-page-number="true"/>',
        ),
      body: `<presentation:footer-decl presentation:name="f">Harbour</presentation:footer-decl>${slide('')}${slide('', 'draw:style-name="H"')}${slide('', 'draw:style-name="F" presentation:use-footer-name="f"')}`,
    })
    assert.deepEqual(pages.map(linesOf), [[], ['Harbour', '3']])
  })

  it('have texts in the styles of their placeholders, level by level', async () => {
    const page = await firstSlide({
      styles: `${style('presentation', 'M-outline1', '<style:graphic-properties draw:fill="none"><text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="●"><style:list-level-properties text:space-before="10pt" text:min-label-width="20pt"/></text:list-level-style-bullet><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."><style:list-level-properties text:space-before="40pt" text:min-label-width="20pt"/></text:list-level-style-number></text:list-style></style:graphic-properties><style:text-properties fo:font-size="20pt"/>')}${style('presentation', 'M-outline2', '<style:text-properties fo:font-size="15pt" fo:color="#123456"/>', 'style:parent-style-name="M-outline1"')}`,
      made: style('presentation', 'pr1', '', 'style:parent-style-name="M-outline1"'),
      body: slide(
        '<draw:frame presentation:style-name="pr1" svg:width="300pt" svg:height="200pt"><draw:text-box><text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>in</text:p></text:list-item></text:list></text:list-item></text:list></draw:text-box></draw:frame>',
      ),
    })
    assert.deepEqual(
      drawnOn(page).texts.map(({ text, size, colour }) => [text, size, colour]),
      [
        ['●one', 20, '000000'],
        ['1.in', 15, '123456'],
      ],
    )
  })

  const wraps: [what: string, properties: string, shape: string, lines: number][] = [
    ['a frame', 'fo:wrap-option="no-wrap"', 'frame', 3],
    ['a frame that grows as wide as its text', 'draw:auto-grow-width="true"', 'frame', 1],
    ['a shape', '', 'rect', 3],
    ['a shape that says so', 'fo:wrap-option="no-wrap"', 'rect', 1],
  ]
  for (const [what, properties, shape, lines] of wraps) {
    it(`have texts of ${lines === 1 ? 'one line' : 'lines as long as it is wide'} in ${what}`, async () => {
      const text = '<text:p>some words and more words</text:p>'
      const inside = shape === 'frame' ? `<draw:text-box>${text}</draw:text-box>` : text
      const page = await firstSlide({
        made: style('graphic', 'W', `<style:graphic-properties ${properties}/>`),
        body: slide(`<draw:${shape} draw:style-name="W" ${PLACE}>${inside}</draw:${shape}>`),
      })
      assert.equal(linesOf(page).length, lines)
    })
  }

  it('have no placeholders in which there is nothing', async () => {
    const page = await firstSlide({
      body: slide(
        `<draw:frame presentation:class="title" presentation:placeholder="true" ${PLACE}><draw:text-box><text:p>Click</text:p></draw:text-box></draw:frame>`,
      ),
    })
    assert.deepEqual(linesOf(page), [])
  })

  const shapes: readonly (readonly [
    title: string,
    shape: string,
    box: readonly [x: number, y: number, width: number, height: number],
  ])[] = [
    ['boxes', `<draw:rect draw:style-name="G" ${PLACE}/>`, [10, 20, 100, 50]],
    [
      'polygons',
      `<draw:polygon draw:style-name="G" ${PLACE} svg:viewBox="0 0 10 10" draw:points="0,0 10,0 5,10"/>`,
      [10, 20, 100, 50],
    ],
    [
      'paths',
      `<draw:path draw:style-name="G" ${PLACE} svg:viewBox="0 0 10 10" svg:d="M0 0h10v10H5z"/>`,
      [10, 20, 100, 50],
    ],
    [
      'shapes of formulas',
      `<draw:custom-shape draw:style-name="G" ${PLACE}><draw:enhanced-geometry svg:viewBox="0 0 100 100" draw:modifiers="25" draw:enhanced-path="M ?a 0 L ?right 0 ?right 100 ?a 100 Z N"><draw:equation draw:name="a" draw:formula="$0 *2"/><draw:equation draw:name="right" draw:formula="if(1,width,0)"/></draw:enhanced-geometry></draw:custom-shape>`,
      [60, 20, 50, 50],
    ],
    [
      'shapes whose ends stay as they are however long they become',
      `<draw:custom-shape draw:style-name="G" ${PLACE}><draw:enhanced-geometry svg:viewBox="0 0 100 100" draw:path-stretchpoint-x="50" draw:modifiers="20" draw:enhanced-path="M ?a 0 L ?b 0 100 100 0 100 Z N"><draw:equation draw:name="a" draw:formula="left+$0"/><draw:equation draw:name="b" draw:formula="right-$0"/></draw:enhanced-geometry></draw:custom-shape>`,
      [10, 20, 100, 50],
    ],
    [
      'shapes of groups, which have places of the page',
      `<draw:g><draw:rect draw:style-name="G" ${PLACE}/></draw:g>`,
      [10, 20, 100, 50],
    ],
  ]
  for (const [title, shape, [x, y, width, height]] of shapes) {
    it(`have ${title}`, async () => {
      const page = await firstSlide({ made: SOLID, body: slide(shape) })
      const box = drawnOn(page).boxes.find(({ fill }) => fill === 'ff0000')
      assert.deepEqual(box, { x, y, width, height, fill: 'ff0000' })
    })
  }

  it('have shapes with gradients, dashed lines and turns', async () => {
    const page = await firstSlide({
      styles:
        '<draw:gradient draw:name="Sky" draw:style="linear" draw:start-color="#000000" draw:end-color="#ffffff" draw:angle="900"/><draw:stroke-dash draw:name="D" draw:dots1="1" draw:dots1-length="4pt" draw:distance="2pt"/>',
      made: style(
        'graphic',
        'S',
        '<style:graphic-properties draw:fill="gradient" draw:fill-gradient-name="Sky" draw:stroke="dash" draw:stroke-dash="D" svg:stroke-width="2pt" svg:stroke-color="#0000ff"/>',
      ),
      body: slide(
        '<draw:rect draw:style-name="S" svg:width="100pt" svg:height="50pt" draw:transform="rotate (1.5707963267948966) translate (10pt 120pt)"/>',
      ),
    })
    const [fill, line] = paths(page.marks).slice(1)
    assert.ok(fill?.fill !== undefined && 'stops' in fill.fill)
    assert.deepEqual(fill.fill.kind === 'linear' && fill.fill.from.map(Math.round), [0, 25])
    assert.deepEqual([line?.stroke?.dash, line?.stroke?.colour.blue], [[4, 2], 255])
    const group = page.marks.find((mark) => mark.kind === 'group')
    assert.deepEqual(
      group?.matrix?.map((each) => Math.round(each) + 0),
      [0, -1, 1, 0, 10, 120],
    )
  })

  it('have pictures, of which a part may be cropped, the one that can be shown where there are several', async () => {
    const png = Buffer.alloc(40)
    png.write('\x89PNG', 'latin1')
    png.writeUInt32BE(96, 16)
    png.writeUInt32BE(96, 20)
    const page = await firstSlide({
      made: style(
        'graphic',
        'C',
        '<style:graphic-properties fo:clip="rect(0pt, 18pt, 0pt, 36pt)" draw:stroke="none"/>',
      ),
      body: slide(
        `<draw:frame draw:style-name="C" ${PLACE}><draw:image xlink:href="Pictures/a.svm"/><draw:image xlink:href="Pictures/a.png"/></draw:frame>`,
      ),
      parts: { 'Pictures/a.svm': 'a', 'Pictures/a.png': png },
    })
    const pictures = (marks: readonly PageMark[]): PageMark[] =>
      marks.flatMap((mark) => (mark.kind === 'group' ? pictures(mark.marks) : [mark]))
    const picture = pictures(page.marks).find((mark) => mark.kind === 'picture')
    assert.deepEqual(
      [picture?.name, picture?.crop],
      ['Pictures/a.png', { left: 0.5, top: 0, right: 0.25, bottom: 0 }],
    )
  })

  it('have tables in the styles of their template, and of their rows and cells', async () => {
    const page = await firstSlide({
      styles: `${style('table-cell', 'head', '<loext:graphic-properties draw:fill="solid" draw:fill-color="#111111"/>')}${style('table-cell', 'body', '<loext:graphic-properties draw:fill="solid" draw:fill-color="#222222"/>')}<table:table-template table:name="T"><table:first-row table:style-name="head"/><table:body table:style-name="body"/></table:table-template>`,
      made: `${style('table-cell', 'own', '<loext:graphic-properties draw:fill="solid" draw:fill-color="#333333"/>')}${style('table-column', 'C', '<style:table-column-properties style:column-width="60pt"/>')}${style('table-row', 'R', '<style:table-row-properties style:row-height="30pt"/>')}`,
      body: slide(
        `<draw:frame ${PLACE}><table:table table:template-name="T" table:use-first-row-styles="true"><table:table-column table:style-name="C" table:number-columns-repeated="2"/><table:table-row table:style-name="R"><table:table-cell table:number-columns-spanned="2"><text:p>a</text:p></table:table-cell><table:covered-table-cell/></table:table-row><table:table-row table:style-name="R"><table:table-cell><text:p>b</text:p></table:table-cell><table:table-cell table:style-name="own"><text:p>c</text:p></table:table-cell></table:table-row></table:table></draw:frame>`,
      ),
    })
    assert.deepEqual(drawnOn(page).boxes.slice(1), [
      { x: 10, y: 20, width: 120, height: 30, fill: '111111' },
      { x: 10, y: 50, width: 60, height: 30, fill: '222222' },
      { x: 70, y: 50, width: 60, height: 30, fill: '333333' },
    ])
  })
})
