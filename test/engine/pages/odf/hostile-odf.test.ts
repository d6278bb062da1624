import assert from 'node:assert/strict'
import { OperationError } from '../../../../src/base/operation-error.ts'
import { writePages } from '../../../../src/engine/pages/drawing/write-pages.ts'
import { layOut, type OdfFile, type OdfKind, style } from './odf-file.ts'

function shape(geometry: string): string {
  return `<draw:page><draw:custom-shape svg:width="100pt" svg:height="100pt"><draw:enhanced-geometry svg:viewBox="0 0 10 10" ${geometry}</draw:enhanced-geometry></draw:custom-shape></draw:page>`
}

/** Whatever is in them, they have pages. */
const ODD: Readonly<Record<string, readonly [OdfKind, OdfFile]>> = {
  'styles that are based on themselves': [
    'text',
    {
      made:
        style('paragraph', 'A', '', 'style:parent-style-name="B"') +
        style('paragraph', 'B', '', 'style:parent-style-name="A"'),
      body: '<text:p text:style-name="A">a</text:p>',
    },
  ],
  'spans, lists, sections and tables a thousand deep': [
    'text',
    {
      body:
        `<text:p>${'<text:span>'.repeat(1000)}a${'</text:span>'.repeat(1000)}</text:p>` +
        `${'<text:list><text:list-item>'.repeat(1000)}<text:p>b</text:p>${'</text:list-item></text:list>'.repeat(1000)}` +
        `${'<text:section>'.repeat(1000)}<text:p>c</text:p>${'</text:section>'.repeat(1000)}` +
        `${'<table:table><table:table-row><table:table-cell>'.repeat(300)}${'</table:table-cell></table:table-row></table:table>'.repeat(300)}`,
    },
  ],
  'a table of a billion rows and columns, with cells over all of them': [
    'text',
    {
      body: `<table:table><table:table-column table:number-columns-repeated="1000000000"/>${'<table:table-row table:number-rows-repeated="1000000000"><table:table-cell table:number-columns-repeated="1000000000" table:number-rows-spanned="1000000000" table:number-columns-spanned="-5"/></table:table-row>'.repeat(20)}</table:table>`,
    },
  ],
  'lengths that are none, or out of this world': [
    'text',
    {
      layouts:
        '<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="99999999cm" fo:page-height="-4pt" fo:margin="1e99pt"/></style:page-layout>',
      made: style(
        'paragraph',
        'P',
        '<style:paragraph-properties fo:margin-left="-999999cm" fo:text-indent="abc" fo:line-height="0%"/><style:text-properties fo:font-size="9999999pt" fo:letter-spacing="-9999pt"/>',
      ),
      body: '<text:p text:style-name="P">a</text:p><text:p><text:s text:c="999999999"/></text:p>',
    },
  ],
  'formulas that lead to themselves, and parentheses that nobody closes': [
    'presentation',
    {
      body: shape(
        `draw:enhanced-path="M ?a ?b L ?c 1e999 A 0 0 0 0 0 0 0 0 G 0 0 0 1e9 Z"><draw:equation draw:name="a" draw:formula="?b"/><draw:equation draw:name="b" draw:formula="?a+1"/><draw:equation draw:name="c" draw:formula="${'('.repeat(900)}1/0"/>`,
      ),
    },
  ],
  'formulas that double each other': [
    'presentation',
    {
      body: shape(
        `draw:enhanced-path="M ?f60 0 L 1 1">${Array.from({ length: 61 }, (_, index) => `<draw:equation draw:name="f${index}" draw:formula="${index === 0 ? '1' : `?f${index - 1}+?f${index - 1}`}"/>`).join('')}`,
      ),
    },
  ],
  'a presentation of groups a thousand deep, and paths of no size': [
    'presentation',
    {
      body: `<draw:page>${'<draw:g>'.repeat(1000)}<draw:rect/>${'</draw:g>'.repeat(1000)}<draw:path svg:viewBox="0 0 0 0" svg:d="M1e400 0 c z q"/><draw:connector svg:d="M0 0"/><draw:line/></draw:page>`,
    },
  ],
  'pictures that are elsewhere': [
    'presentation',
    {
      body: '<draw:page><draw:frame svg:width="10pt" svg:height="10pt"><draw:image xlink:href="../../etc/passwd"/></draw:frame><draw:frame svg:width="10pt" svg:height="10pt"><draw:image xlink:href="https://example.com/a.png"/></draw:frame></draw:page>',
    },
  ],
}

describe('pages of odd OpenDocument files', () => {
  for (const [title, [kind, file]] of Object.entries(ODD)) {
    it(`are laid out: ${title}`, async () => {
      const pages = await layOut(kind, file, 2)
      assert.ok(pages.length > 0)
      assert.ok(writePages(pages).pictures.size === 0)
    })
  }

  it('are refused where a part is damaged', async () => {
    await assert.rejects(layOut('text', { body: '<text:p>' }), OperationError)
  })
})
