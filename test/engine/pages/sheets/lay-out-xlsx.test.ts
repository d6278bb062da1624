import assert from 'node:assert/strict'
import {
  cell,
  pagesAndRemarks,
  pagesOf,
  round,
  rows,
  type Seen,
  seenOn,
  stylesOf,
  type WorkbookParts,
} from './sheet-parts.ts'

/** From the edges of the paper to the cells, and how large those are that say nothing, in points. */
const [LEFT, TOP] = [50.4, 54]
const [WIDTH, HEIGHT] = [48, 12.75]

async function firstPage(parts: WorkbookParts): Promise<Seen> {
  return seenOn((await pagesOf(parts))[0])
}

/** How wide those cells of the first page are whose text is cut off. */
async function clipsOf(content: string): Promise<readonly number[]> {
  const [page] = await pagesOf({ sheets: [content], styles: stylesOf([]) })
  const [all] = page?.marks ?? []
  const marks = all?.kind === 'group' ? all.marks : []
  return marks.flatMap((mark) => {
    if (mark.kind !== 'group' || mark.clip === undefined) return []
    const [start, end] = mark.clip.steps
    return start?.[0] === 'M' && end?.[0] === 'L' ? [round(end[1] - start[1])] : []
  })
}

async function textsOf(content: string, more: Partial<WorkbookParts> = {}): Promise<string[]> {
  const { texts } = await firstPage({ sheets: [content], styles: stylesOf([]), ...more })
  return texts.map(({ text }) => text)
}

const FILL = (rgb: string): string =>
  `<fill><patternFill patternType="solid"><fgColor rgb="${rgb}"/></patternFill></fill>`

/** What a series of a chart refers to cells with. */
const reference = (element: string, kind: string, place: string): string =>
  `<${element}><${kind}><f>${place}</f></${kind}></${element}>`

describe('pages of a workbook', () => {
  it('have cells where columns and rows are, numbers at the right', async () => {
    const { texts } = await firstPage({
      sheets: [
        `<cols><col min="1" max="1" width="20.7109375"/></cols>${rows(cell('A1', 'left') + cell('B1', 'next'), cell('A2', 7))}`,
      ],
      styles: stylesOf([]),
    })
    const [left, next, number] = texts
    // 145 pixels of 20.71 letters of seven each.
    assert.equal(next?.x, LEFT + 145 * 0.75 + 1.75)
    assert.equal(left?.x, LEFT + 1.75)
    assert.equal(round((number?.y ?? 0) - (left?.y ?? 0)), HEIGHT)
    assert.ok((number?.x ?? 0) > LEFT + 145 * 0.75 - 10)
  })

  it('have no hidden sheets, rows and columns, and go on with the next sheet', async () => {
    const pages = await pagesOf({
      sheets: [
        `<cols><col min="2" max="2" width="9" hidden="1"/></cols><sheetData><row r="1">${cell('A1', 'a')}${cell('B1', 'b')}${cell('C1', 'c')}</row><row r="2" hidden="1">${cell('A2', 'd')}</row><row r="3">${cell('A3', 'e')}</row></sheetData>`,
        rows(cell('A1', 'hidden')),
        rows(cell('A1', 'very hidden')),
        '<sheetData/>',
        rows(cell('A1', 'last')),
      ],
      states: { 1: 'hidden', 2: 'veryHidden' },
    })
    assert.deepEqual(
      pages.map((page) => seenOn(page).texts.map(({ text }) => text)),
      [['a', 'c', 'e'], ['last']],
    )
  })

  it('tell of formulas without values, of conditions that are formulas, and of sparklines', async () => {
    const formula = '<c r="A1"><f>B1*2</f><v></v></c><c r="B1" t="str"><f>""</f><v></v></c>'
    const condition =
      '<conditionalFormatting sqref="A1"><cfRule type="expression" dxfId="0"/></conditionalFormatting>'
    const later =
      '<extLst><ext><sparklineGroups><sparklineGroup/></sparklineGroups><conditionalFormatting/></ext></extLst>'
    const { remarks } = await pagesAndRemarks({
      sheets: [rows(formula, cell('A2', 'a')) + condition + later, rows('<c r="A1"><f>1</f></c>')],
    })
    assert.deepEqual(remarks, [
      '2 formulas of the document were saved without their values; their cells are empty.',
      'Conditions of the document that are formulas, days or icons are not on its pages.',
      'Sparklines of the document are not on its pages.',
    ])
    const { remarks: none } = await pagesAndRemarks({ sheets: [rows(cell('A1', 'a'))] })
    assert.deepEqual(none, [])
  })

  it('are as many as are wanted, and none where nothing is on any sheet', async () => {
    const sheets = [rows(cell('A1', 'a')), rows(cell('A1', 'b'))]
    assert.equal((await pagesOf({ sheets }, 1)).length, 1)
    assert.equal((await pagesOf({ sheets: ['<sheetData/>'] })).length, 0)
  })

  for (const [code, value, shown, colour] of [
    ['0.0%', 0.125, '12.5%', '000000'],
    ['00000', 501, '00501', '000000'],
    ['#,##0.00;[Red]-#,##0.00', -1234.5, '-1,234.50', 'ff0000'],
    ['dd.mm.yyyy', 45356, '05.03.2024', '000000'],
    ['h:mm', 0.75, '18:00', '000000'],
    ['General', 1.23456789012345, '1.234568', '000000'],
    ['General', 123456789012345, '1.23E+14', '000000'],
    ['0.00', 123456789.123, '########', '000000'],
    ['0;;', 0, '', '000000'],
  ] as const) {
    it(`show ${value} of the format ${code} as ${shown || 'nothing'}`, async () => {
      const look = stylesOf(['<xf numFmtId="170"/>'], {
        others: `<numFmts><numFmt numFmtId="170" formatCode="${code}"/></numFmts>`,
      })
      const { texts } = await firstPage({ sheets: [rows(cell('A1', value, 1))], styles: look })
      const [first] = texts
      assert.equal(first?.text.trim() ?? '', shown)
      if (first) assert.equal(first.colour, colour)
    })
  }

  it('have what a format fills a cell with between its sign and its digits', async () => {
    const look = stylesOf(['<xf numFmtId="44"/>'])
    const { texts } = await firstPage({
      sheets: [`<cols><col min="1" max="1" width="20"/></cols>${rows(cell('A1', 5, 1))}`],
      styles: look,
    })
    const [digits, sign] = texts
    assert.deepEqual([sign?.text.trim(), digits?.text.trim()], ['$', '5.00'])
    assert.ok((digits?.x ?? 0) - (sign?.x ?? 0) > 60)
  })

  it('let a text reach over empty cells, up to one that is not', async () => {
    const long = 'A text that is much longer than its column'
    assert.deepEqual(await clipsOf(rows(cell('A1', long) + cell('B1', 'here'))), [WIDTH])
    assert.deepEqual(await clipsOf(rows(cell('A1', long) + cell('C1', 'here'))), [WIDTH * 2])
    assert.deepEqual(await clipsOf(rows(cell('A1', 'short') + cell('B1', 'here'))), [])
  })

  it('wrap text, and make its row as high as that takes', async () => {
    const { texts } = await firstPage({
      sheets: [rows(cell('A1', 'one two three four', 1), cell('A2', 'below'))],
      styles: stylesOf(['<xf><alignment wrapText="1"/></xf>']),
    })
    const lines = texts.filter(({ text }) => text !== 'below')
    assert.ok(lines.length > 1)
    const [first, below] = [texts[0], texts.at(-1)]
    assert.equal(round((below?.y ?? 0) - (first?.y ?? 0)), HEIGHT * lines.length)
  })

  it('have fonts, fills, lines and places of text', async () => {
    const { texts, fills, lines } = await firstPage({
      sheets: [rows(cell('A1', 'Look', 1))],
      styles: stylesOf(
        ['<xf fontId="1" fillId="1" borderId="1"><alignment horizontal="center"/></xf>'],
        {
          fonts: '<font><sz val="8"/><color rgb="FF112233"/><name val="Arial"/></font>',
          fills: FILL('FFFFEE00'),
          borders:
            '<border><bottom style="medium"><color indexed="10"/></bottom><left style="none"/></border>',
        },
      ),
    })
    assert.deepEqual(fills, [{ x: LEFT, y: TOP, width: WIDTH, height: HEIGHT, colour: 'ffee00' }])
    assert.deepEqual(
      lines.filter(({ colour }) => colour === 'ff0000'),
      [{ x: LEFT, y: TOP + HEIGHT, width: WIDTH, height: 0, colour: 'ff0000', thick: 1.25 }],
    )
    const [text] = texts
    assert.deepEqual([text?.size, text?.colour], [8, '112233'])
    assert.ok(Math.abs((text?.x ?? 0) - LEFT - WIDTH / 2 + 9) < 3)
  })

  it('have colours of the theme, lighter or darker, and patterns as their mean', async () => {
    const { fills } = await firstPage({
      sheets: [rows(cell('A1', 'a', 1), cell('A2', 'b', 2))],
      styles: stylesOf(['<xf fillId="1"/>', '<xf fillId="2"/>'], {
        fills:
          '<fill><patternFill patternType="solid"><fgColor theme="0" tint="-0.5"/></patternFill></fill><fill><patternFill patternType="mediumGray"><fgColor rgb="FF000000"/><bgColor rgb="FFFFFFFF"/></patternFill></fill>',
      }),
    })
    assert.deepEqual(
      fills.map(({ colour }) => colour),
      ['808080'],
    )
  })

  it('have merged cells as one, with the text of the first', async () => {
    const { texts, fills } = await firstPage({
      sheets: [
        `${rows(cell('A1', 'one', 1) + cell('B1', 'covered', 1), cell('A2', 'two', 1))}<mergeCells><mergeCell ref="A1:C2"/></mergeCells>`,
      ],
      styles: stylesOf(['<xf fillId="1"><alignment horizontal="right"/></xf>'], {
        fills: FILL('FF00FF00'),
      }),
    })
    assert.deepEqual(
      texts.map(({ text }) => text),
      ['one'],
    )
    assert.ok((texts[0]?.x ?? 0) > LEFT + WIDTH)
    assert.deepEqual(
      fills.filter(({ colour }) => colour === '00ff00').map(({ height }) => height),
      [HEIGHT * 2],
    )
  })

  it('have runs of letters as they look', async () => {
    const { texts } = await firstPage({
      sheets: [rows('<c r="A1" t="s"><v>1</v></c>')],
      styles: stylesOf([]),
      strings:
        '<si><t>another</t></si><si><r><t>plain </t></r><r><rPr><rFont val="Arial"/><color rgb="FFFF0000"/><sz val="20"/></rPr><t>red</t></r><rPh><t>sound</t></rPh></si>',
    })
    assert.deepEqual(
      texts.map(({ text, size, colour }) => [text, size, colour]),
      [
        ['plain', 10, '000000'],
        ['red', 20, 'ff0000'],
      ],
    )
  })

  it('have a grid where the sheet shows one', async () => {
    const content = rows(cell('A1', 'a'))
    const shown = await firstPage({ sheets: [content] })
    const hidden = await firstPage({
      sheets: [`<sheetViews><sheetView showGridLines="0"/></sheetViews>${content}`],
    })
    assert.deepEqual([shown.lines.length > 0, hidden.lines.length], [true, 0])
  })

  it('have tables as their style has them, below what cells say themselves', async () => {
    const { texts, fills } = await firstPage({
      sheets: [
        rows(cell('A1', 'Head'), cell('A2', 'first'), cell('A3', 'second'), cell('A4', 'own', 1)),
      ],
      styles: stylesOf(['<xf fillId="1"/>'], { fills: FILL('FFABCDEF') }),
      links: [['t', 'table', 'table.xml']],
      parts: {
        'xl/table.xml':
          '<table ref="A1:A4"><tableStyleInfo name="TableStyleMedium2" showRowStripes="1"/></table>',
      },
    })
    assert.equal(texts[0]?.colour, 'ffffff')
    assert.deepEqual(
      fills.map(({ y, colour }) => [(y - TOP) / HEIGHT, colour]),
      [
        [0, '4472c4'],
        [1, 'dae3f3'],
        [3, 'abcdef'],
      ],
    )
  })

  it('have what conditions make of cells', async () => {
    const { fills } = await firstPage({
      sheets: [
        `${rows(cell('A1', 1) + cell('B1', 0), cell('A2', 5) + cell('B2', 10))}
        <conditionalFormatting sqref="A1:A2"><cfRule type="cellIs" operator="greaterThan" dxfId="0" priority="1"><formula>2</formula></cfRule></conditionalFormatting>
        <conditionalFormatting sqref="B1:B2"><cfRule type="colorScale" priority="2"><colorScale><cfvo type="min"/><cfvo type="max"/><color rgb="FFFF0000"/><color rgb="FF0000FF"/></colorScale></cfRule></conditionalFormatting>`,
      ],
      styles: stylesOf([], {
        others:
          '<dxfs><dxf><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf></dxfs>',
      }),
    })
    assert.deepEqual(fills.map(({ colour }) => colour).toSorted(), ['0000ff', 'ff0000', 'ffc7ce'])
  })

  it('have charts of the values of their cells where charts have none themselves', async () => {
    const series = [
      reference('tx', 'strRef', "'S0'!B1"),
      reference('cat', 'numRef', "'S0'!$A$2:$A$3"),
      reference('val', 'numRef', 'S0!$B$2:$B$3'),
    ]
    const elsewhere = reference('val', 'numRef', "'S1'!$B$2:$B$3")
    const { texts, fills } = await firstPage({
      sheets: [
        `${rows(cell('B1', 'Sold'), cell('A2', 'North') + cell('B2', 5), cell('A3', 'South') + cell('B3', 10))}<drawing r:id="d"/>`,
      ],
      styles: stylesOf([]),
      links: [['d', 'drawing', 'drawing.xml']],
      parts: {
        'xl/drawing.xml':
          '<wsDr xmlns:r="r"><twoCellAnchor><from><col>3</col><row>0</row></from><to><col>9</col><row>12</row></to><graphicFrame><graphic><graphicData><chart r:id="c"/></graphicData></graphic></graphicFrame></twoCellAnchor></wsDr>',
        'xl/_rels/drawing.xml.rels': `<Relationships><Relationship Id="c" Type="x/chart" Target="chart.xml"/></Relationships>`,
        'xl/chart.xml': `<chartSpace><chart><plotArea><barChart><barDir val="col"/><ser><idx val="0"/>${series.join('')}</ser><ser><idx val="1"/>${elsewhere}</ser></barChart><catAx/><valAx><scaling><min val="0"/><max val="10"/></scaling><majorUnit val="5"/></valAx></plotArea><legend/></chart></chartSpace>`,
      },
    })
    const [, , , , , ...ofChart] = texts.map(({ text }) => text)
    for (const text of ['Sold', 'North', 'South', '10']) assert.ok(ofChart.includes(text), text)
    const bars = fills.filter(({ colour }) => colour === '4f81bd' || colour === '4472c4')
    const heights = bars.map(({ height }) => height).filter((height) => height > 20)
    assert.equal(heights.length, 2, JSON.stringify(fills))
    assert.ok(Math.abs((heights[1] ?? 0) / (heights[0] ?? 1) - 2) < 0.05, String(heights))
  })

  it('have pictures where they are anchored', async () => {
    const { pictures } = await firstPage({
      sheets: [`${rows(cell('A1', 'a'))}<drawing r:id="d"/>`],
      styles: stylesOf([]),
      links: [['d', 'drawing', 'drawing.xml']],
      parts: {
        'xl/drawing.xml':
          '<wsDr xmlns:r="r"><twoCellAnchor><from><col>1</col><colOff>0</colOff><row>2</row><rowOff>12700</rowOff></from><to><col>3</col><colOff>0</colOff><row>4</row><rowOff>0</rowOff></to><pic><blipFill><blip r:embed="p"/></blipFill><spPr><xfrm><off x="0" y="0"/><ext cx="0" cy="0"/></xfrm><prstGeom prst="rect"/></spPr></pic></twoCellAnchor></wsDr>',
        'xl/_rels/drawing.xml.rels': `<Relationships><Relationship Id="p" Type="x/image" Target="media/one.png"/></Relationships>`,
        'xl/media/one.png': 'x',
      },
    })
    assert.deepEqual(pictures, [
      {
        name: 'xl/media/one.png',
        x: LEFT + WIDTH,
        y: TOP + 2 * HEIGHT + 1,
        width: 2 * WIDTH,
        height: 2 * HEIGHT - 1,
      },
    ])
  })

  it('have the first column at the right where the sheet has it there', async () => {
    const { texts } = await firstPage({
      sheets: [
        `<sheetViews><sheetView rightToLeft="1"/></sheetViews>${rows(cell('A1', 1) + cell('B1', 2))}`,
      ],
    })
    const [first, second] = texts
    assert.ok((first?.x ?? 0) > (second?.x ?? 0))
  })

  // Blanks are places without letters.
  it('have texts of the sheet above and below, with their number', async () => {
    const content = `${rows(cell('A1', 'a'), cell('A2', 'b'))}<headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;A&amp;RSales &amp;&amp; more</oddHeader><oddFooter>&amp;P of &amp;N</oddFooter></headerFooter><rowBreaks><brk id="1"/></rowBreaks>`
    const pages = await pagesOf({ sheets: [content] })
    assert.deepEqual(
      pages.map((page) => seenOn(page).texts.map(({ text }) => text)),
      [
        ['a', 'S0', 'Sales&more', '1of2'],
        ['b', 'S0', 'Sales&more', '2of2'],
      ],
    )
  })

  it('have letters of Latin Extended, Greek and Cyrillic', async () => {
    assert.deepEqual(await textsOf(rows(cell('A1', 'Łódź Αθήνα Москва'))), ['ŁódźΑθήναМосква'])
  })

  const EVERYWHERE = 'A1:XFD1048576'
  const strange: readonly (readonly [what: string, parts: WorkbookParts])[] = [
    [
      'merged cells over each other',
      {
        sheets: [
          `${rows(cell('A1', 1), cell('XFD2', 1))}<mergeCells>${`<mergeCell ref="${EVERYWHERE}"/>`.repeat(2000)}</mergeCells>`,
        ],
      },
    ],
    [
      'columns and rows of sizes that there are not',
      {
        sheets: [
          `<cols><col min="1" max="16384" width="1e9"/><col min="1" max="99999999" width="-1"/></cols><sheetData><row r="1" ht="1e99">${cell('A1', 1)}</row><row r="-4" ht="NaN">${cell('ZZZZ9', 1)}</row></sheetData>`,
        ],
      },
    ],
    [
      'numbers of looks, texts and paper that there are not',
      {
        sheets: [
          `${rows('<c s="-1"><v>NaN</v></c><c s="1.5" t="s"><v>-1</v></c><c><v>1e999</v></c>')}<pageMargins left="99" top="NaN" bottom="-1"/><pageSetup paperSize="-9" scale="0" fitToWidth="-1"/>`,
        ],
      },
    ],
    [
      'letters of sizes that there are not',
      {
        sheets: [rows(cell('A1', 'a', 1) + cell('B1', 'b', 2))],
        styles: stylesOf(
          ['<xf fontId="1"/>', '<xf fontId="2"><alignment indent="1e9" textRotation="999"/></xf>'],
          { fonts: '<font><sz val="1e9"/></font><font><sz val="-5"/></font>' },
        ),
      },
    ],
    [
      'objects as large as it is, and groups in each other',
      {
        sheets: [`${rows(cell('A1', 'a'))}<drawing r:id="d"/>`],
        links: [['d', 'drawing', 'drawing.xml']],
        parts: {
          'xl/drawing.xml': `<wsDr><twoCellAnchor><from><col>0</col><row>0</row></from><to><col>16383</col><colOff>1e99</colOff><row>1048575</row><rowOff>-1</rowOff></to>${'<grpSp><grpSpPr/>'.repeat(300)}${'</grpSp>'.repeat(300)}<sp><spPr><solidFill><srgbClr val="FF0000"/></solidFill></spPr></sp></twoCellAnchor></wsDr>`,
        },
      },
    ],
    [
      'conditions and tables everywhere',
      {
        sheets: [
          `${rows(cell('A1', 1), cell('XFD2', 1))}${`<conditionalFormatting sqref="${EVERYWHERE}"><cfRule type="top10" dxfId="7"/><cfRule type="dataBar"/></conditionalFormatting>`.repeat(500)}`,
        ],
        links: [['t', 'table', 'table.xml']],
        parts: {
          'xl/table.xml': `<table ref="${EVERYWHERE}" headerRowCount="1e9" totalsRowCount="-5"><tableStyleInfo name="TableStyleDark99" showRowStripes="1"/></table>`,
        },
      },
    ],
  ]
  for (const [what, parts] of strange) {
    it(`are there whatever a sheet says: ${what}`, async () => {
      const pages = await pagesOf(parts, 3)
      assert.ok(pages.length > 0)
      for (const { width, height } of pages) assert.ok(width > 0 && height > 0)
    })
  }
})
