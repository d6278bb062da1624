import assert from 'node:assert/strict'
import { OperationError } from '../../../../src/base/operation-error.ts'
import { writePages } from '../../../../src/engine/pages/drawing/write-pages.ts'
import { createDice, mutate } from '../../../fuzz/mutation.ts'
import { amountOf, seedOf } from '../../../support/amounts.ts'
import { flatFile, layOutFile, type OdfFile, type OdfKind, style } from './odf-file.ts'

const COUNT = amountOf({ thoroughly: 2000, usually: 100 })

const TABLE =
  '<table:table><table:table-column table:number-columns-repeated="2"/><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>'

const SHAPE =
  '<draw:custom-shape draw:style-name="G" svg:x="10pt" svg:y="10pt" svg:width="100pt" svg:height="50pt"><text:p>in</text:p><draw:enhanced-geometry svg:viewBox="0 0 21600 21600" draw:modifiers="3600 20" draw:enhanced-path="M ?a 0 X 0 ?a L 0 ?b Y ?a 21600 W 0 0 ?a ?b 0 0 ?a 9 T 1 2 3 4 0 90 Z N"><draw:equation draw:name="a" draw:formula="left+$0 *sin(pi/4)"/><draw:equation draw:name="b" draw:formula="if(?a,bottom,-$1 )"/></draw:enhanced-geometry></draw:custom-shape>'

const MADE =
  style(
    'graphic',
    'G',
    '<style:graphic-properties draw:fill="gradient" draw:fill-gradient-name="S" draw:stroke="dash" draw:stroke-dash="D" svg:stroke-width="2pt"/>',
  ) +
  style(
    'section',
    'S',
    '<style:section-properties><style:columns fo:column-count="2" fo:column-gap="9pt"/></style:section-properties>',
  ) +
  style(
    'paragraph',
    'P',
    '<style:paragraph-properties fo:margin-left="9pt" fo:border="1pt solid #ff0000" fo:break-before="page"/><style:text-properties fo:font-size="120%"/>',
  )

const STYLES =
  '<draw:gradient draw:name="S" draw:style="radial" draw:start-color="#ff0000" draw:end-color="#00ff00" draw:border="9%"/><draw:stroke-dash draw:name="D" draw:dots1="2" draw:dots1-length="3pt" draw:distance="50%"/><text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="a" text:start-value="3"><style:list-level-properties text:space-before="9pt" text:min-label-width="9pt"/></text:list-level-style-number></text:list-style>'

const LIST =
  '<text:list text:style-name="L"><text:list-item text:start-value="4"><text:p>one</text:p></text:list-item></text:list>'

const SEEDS: readonly (readonly [OdfKind, OdfFile])[] = [
  [
    'text',
    {
      made: MADE,
      styles: STYLES,
      body: `<text:p text:style-name="P">a${SHAPE}<text:note text:note-class="footnote"><text:note-body><text:p>n</text:p></text:note-body></text:note></text:p>${LIST}${TABLE}<text:section text:style-name="S"><text:p>s</text:p></text:section>`,
    },
  ],
  [
    'presentation',
    {
      made: MADE,
      styles: STYLES,
      body: `<draw:page>${SHAPE}<draw:frame svg:width="99pt" svg:height="99pt"><draw:text-box>${LIST}</draw:text-box></draw:frame><draw:frame svg:width="99pt" svg:height="99pt">${TABLE}</draw:frame><draw:line svg:x1="0pt" svg:y1="0pt" svg:x2="9pt" svg:y2="9pt"/></draw:page>`,
    },
  ],
]

describe('damaged OpenDocument files', function () {
  this.timeout(600_000)

  for (const [kind, file] of SEEDS) {
    it(`have pages or a reason for none: ${kind}, ${COUNT} times`, async () => {
      const seed = Buffer.from(flatFile(kind, file))
      const dice = createDice(seedOf(21))
      let laidOut = 0
      for (let nth = 0; nth < COUNT; nth += 1) {
        try {
          writePages(await layOutFile(kind, mutate(seed, dice), 3))
          laidOut += 1
        } catch (error) {
          assert.ok(error instanceof OperationError, String(error))
        }
      }
      assert.ok(laidOut > COUNT / 10)
    })
  }
})
