import assert from 'node:assert/strict'
import { type DrawnBox, type DrawnText, drawnOn, linesOf } from '../drawn.ts'
import { docxFile, layOut, type Others, p, part, SECTION } from './docx-file.ts'

const NUMBERING = part(
  'numbering',
  `<w:abstractNum w:abstractNumId="7">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
    <w:lvl w:ilvl="2"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%3"/></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="8">
    <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="9">
    <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0FC;"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>
    <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/><w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr></w:lvl>
    <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/></w:lvl>
  </w:abstractNum>
  <w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>
  <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>`,
)

function item(text: string, list: number, level = 0): string {
  return p(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`)
}

function run(content: string): string {
  return `<w:p><w:r>${content}</w:r></w:p>`
}

function fieldMark(type: string): string {
  return `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`
}

function field(code: string, result: string): string {
  return `${fieldMark('begin')}<w:r><w:instrText>${code}</w:instrText></w:r>${fieldMark('separate')}<w:r><w:t>${result}</w:t></w:r>${fieldMark('end')}`
}

function cell(content: string, properties = ''): string {
  return `<w:tc><w:tcPr>${properties}</w:tcPr>${content}</w:tc>`
}

/** A table with columns of 100, 50 and 50 points unless told. */
function table(properties: string, rows: string, grid = [2000, 1000, 1000]): string {
  const columns = grid.map((width) => `<w:gridCol w:w="${width}"/>`).join('')
  return `<w:tbl><w:tblPr>${properties}</w:tblPr><w:tblGrid>${columns}</w:tblGrid>${rows}</w:tbl>${SECTION}`
}

const HEADER = '<w:headerReference w:type="default" r:id="header1"/>'

interface TextCase {
  readonly title: string
  readonly body: string
  readonly others?: Others
  /** The lines of each page. */
  readonly pages: readonly (readonly string[])[]
}

/** A run of an equation. */
function r(text: string): string {
  return `<m:r><m:t>${text}</m:t></m:r>`
}

/** Parts of equations, and how they are written; without the blanks between. */
const EQUATIONS: readonly (readonly [string, string, string])[] = [
  ['fractions', `<m:f><m:num>${r('a')}</m:num><m:den>${r('12')}</m:den></m:f>`, 'a/12'],
  ['sums', `<m:f><m:num>${r('a+b')}</m:num><m:den>${r('c')}</m:den></m:f>`, '(a+b)/c'],
  ['roots', `<m:rad><m:deg/><m:e>${r('x')}</m:e></m:rad>`, '√x'],
  ['brackets', `<m:d><m:e>${r('a')}</m:e><m:e>${r('b')}</m:e></m:d>`, '(a|b)'],
  [
    'brackets without an end',
    `<m:d><m:dPr><m:begChr m:val="{"/><m:endChr m:val=""/></m:dPr><m:e><m:eqArr><m:e>${r('a')}</m:e><m:e>${r('b')}</m:e></m:eqArr></m:e></m:d>`,
    '{a;b',
  ],
  ['names', `<m:func><m:fName>${r('sin')}</m:fName><m:e>${r('x')}</m:e></m:func>`, 'sinx'],
  [
    'rows',
    `<m:m><m:mr><m:e>${r('a')}</m:e><m:e>${r('b')}</m:e></m:mr><m:mr><m:e>${r('c')}</m:e><m:e>${r('d')}</m:e></m:mr></m:m>`,
    'a,b;c,d',
  ],
]

const TEXTS: readonly TextCase[] = [
  { title: 'paragraphs', body: p('One') + p('Two'), pages: [['One', 'Two']] },
  ...EQUATIONS.map(([title, content, line]) => ({
    title: `${title} of equations in a line`,
    body: `<w:p><m:oMath xmlns:m="m">${content}</m:oMath></w:p>`,
    pages: [[line]],
  })),
  {
    title: 'lists with their numbers, which are counted level by level',
    body: [
      item('a', 1),
      item('b', 1, 1),
      item('c', 1, 2),
      item('d', 1),
      item('e', 1, 1),
      item('f', 3),
    ].join(''),
    others: { numbering: NUMBERING },
    pages: [['1.a', '1.a)b', 'IVc', '2.d', '2.a)e', '5.f']],
  },
  {
    title: 'bullets of fonts of symbols as those that all fonts have',
    body: item('a', 2) + item('b', 4) + item('c', 4, 1) + item('d', 4, 2),
    others: { numbering: NUMBERING },
    pages: [['•a', '√b', '○c', '–d']],
  },
  {
    title: 'page breaks within paragraphs, in front of them and by sections',
    body: [
      run('<w:t>one</w:t><w:br w:type="page"/><w:t>two</w:t>'),
      p('three', '<w:pageBreakBefore/>'),
      p('four', SECTION),
      p('five'),
    ].join(''),
    pages: [['one'], ['two'], ['three', 'four'], ['five']],
  },
  {
    title: 'no page for a break at its very end but what follows it',
    body: run('<w:t>one</w:t><w:br w:type="page"/>') + p('two'),
    pages: [['one'], ['two']],
  },
  {
    title: 'no hidden text, no deleted text, and no codes of fields',
    body:
      p('hidden', '', '<w:vanish/>') +
      `<w:p><w:del><w:r><w:t>deleted</w:t></w:r></w:del><w:ins><w:r><w:t>inserted</w:t></w:r></w:ins>${field(' TITLE ', 'result')}</w:p>`,
    pages: [['insertedresult']],
  },
  {
    title: 'symbols, hyphens and line ends',
    body: run(
      '<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:br/><w:sym w:font="Symbol" w:char="F0B0"/>',
    ),
    pages: [['a‑b', '°']],
  },
  {
    title: 'controls, links and changes as what is in them',
    body: `<w:sdt><w:sdtContent>${p('control')}</w:sdtContent></w:sdt><w:p><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>`,
    pages: [['control', 'link']],
  },
  {
    title:
      'headers with the number of their page, and the first and the even ones where there are some',
    body: `${p('one')}${p('two', '<w:pageBreakBefore/>')}${p('three', '<w:pageBreakBefore/>')}<w:sectPr>${HEADER}<w:headerReference w:type="first" r:id="header2"/><w:headerReference w:type="even" r:id="header3"/><w:titlePg/></w:sectPr>`,
    others: {
      header1: part('hdr', `<w:p><w:r><w:t>Page</w:t></w:r>${field(' PAGE ', '1')}</w:p>`),
      header2: part('hdr', p('Title')),
      header3: part(
        'hdr',
        '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p>',
      ),
      settings: part('settings', '<w:evenAndOddHeaders/>'),
    },
    pages: [
      ['Title', 'one'],
      ['2', 'two'],
      ['Page3', 'three'],
    ],
  },
  {
    title: 'notes at the foot of their page, and at the end, each with its number',
    body: `<w:p><w:r><w:t>one</w:t><w:footnoteReference w:id="2"/></w:r></w:p>${p('two', '<w:pageBreakBefore/>')}<w:p><w:r><w:t>three</w:t><w:endnoteReference w:id="3"/></w:r></w:p>`,
    others: {
      footnotes: part(
        'footnotes',
        `<w:footnote w:type="separator" w:id="0">${p('line')}</w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t> foot</w:t></w:r></w:p></w:footnote>`,
      ),
      endnotes: part('endnotes', `<w:endnote w:id="3">${p('end')}</w:endnote>`),
    },
    pages: [
      ['one1', '1foot'],
      ['two', 'threei', 'end'],
    ],
  },
  {
    title: 'text boxes below the paragraph that they are in, whichever program has drawn them',
    body: run(
      `<w:t>text</w:t><w:pict><v:shape style="width:200pt;height:20pt"><v:textbox><w:txbxContent>${p('box')}</w:txbxContent></v:textbox></v:shape></w:pict>`,
    ),
    pages: [['box', 'text']],
  },
  {
    title: 'what is imported where it is imported',
    body: `${p('before')}<w:altChunk r:id="aFChunk1"/>${p('after')}`,
    others: { aFChunk1: docxFile(p('within')) },
    pages: [['before', 'within', 'after']],
  },
  {
    title: 'what is imported in the encoding that it is in',
    body: '<w:altChunk r:id="aFChunk1"/><w:altChunk r:id="aFChunk2"/><w:altChunk r:id="aFChunk3"/>',
    others: {
      aFChunk1: Buffer.from('Größe in Zürich', 'latin1'),
      aFChunk2: Buffer.from('<html><p>Länge in Genf', 'latin1'),
      aFChunk3: Buffer.from('\ufeff<html><p>Höhe', 'utf16le'),
    },
    pages: [['GrößeinZürich', 'LängeinGenf', 'Höhe']],
  },
]

describe('pages of a Word document', () => {
  for (const { title, body, others = {}, pages } of TEXTS) {
    it(`have ${title}`, async () => {
      const laid = await layOut(body, others)
      assert.deepEqual(
        laid.map((page) => linesOf(page).map((line) => line.replaceAll(' ', ''))),
        pages,
      )
    })
  }

  it('are as large as their sections say, and as many as are wanted', async () => {
    const pages = await layOut(
      `${p('one', SECTION)}${p('x', '<w:pageBreakBefore/>').repeat(9)}<w:sectPr/>`,
      {},
      3,
    )
    assert.deepEqual(
      pages.map(({ width, height }) => [width, height]),
      [
        [400, 300],
        [612, 792],
        [612, 792],
      ],
    )
  })

  const looks: readonly (readonly [string, string, Others, Partial<DrawnText>])[] = [
    [
      'sizes, colours and fonts of runs',
      p(
        'x',
        '',
        '<w:sz w:val="41"/><w:color w:val="3366FF"/><w:rFonts w:ascii="Arial"/><w:b/><w:i/>',
      ),
      {},
      { size: 20.5, colour: '3366ff', font: 'Arimo_700Bold_Italic' },
    ],
    [
      'the usual look without any',
      p('x'),
      {},
      { size: 10, colour: '000000', font: 'Tinos_400Regular' },
    ],
    [
      'styles that are based on others, in circles too',
      p('x', '<w:pStyle w:val="B"/>'),
      {
        styles: part(
          'styles',
          '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="30"/><w:color w:val="112233"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/><w:rPr><w:b/><w:color w:val="445566"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/><w:rPr><w:color w:val="778899"/></w:rPr></w:style>',
        ),
      },
      { size: 15, colour: '778899', font: 'Tinos_700Bold' },
    ],
    [
      'fonts of the theme',
      p('x', '', '<w:rFonts w:asciiTheme="majorHAnsi" w:ascii="Times New Roman"/>'),
      {
        theme:
          '<a:theme xmlns:a="x"><a:themeElements><a:fontScheme><a:majorFont><a:latin typeface="Courier New"/></a:majorFont></a:fontScheme></a:themeElements></a:theme>',
      },
      { font: 'Cousine_400Regular' },
    ],
    ['capitals', p('xY', '', '<w:caps/>'), {}, { text: 'XY' }],
    ['small capitals', p('x', '', '<w:smallCaps/><w:sz w:val="20"/>'), {}, { text: 'X', size: 8 }],
    [
      'white letters on what is dark',
      p('x', '<w:shd w:val="clear" w:fill="101010"/>'),
      {},
      { colour: 'ffffff' },
    ],
    ['indents', p('x', '<w:ind w:left="720" w:firstLine="360"/>'), {}, { x: 126 }],
    ['paragraphs at the right', p('x', '<w:jc w:val="right"/>') + SECTION, {}, { x: 345 }],
    ['paragraphs that run from the right', p('א', '<w:bidi/>') + SECTION, {}, { x: 344 }],
    [
      'spaces above',
      p('', '', '<w:sz w:val="20"/>') + p('x', '<w:spacing w:before="400"/>') + SECTION,
      {},
      { y: 90 },
    ],
    [
      'the larger of the spaces between two',
      p('', '<w:spacing w:after="400"/>', '<w:sz w:val="20"/>') +
        p('x', '<w:spacing w:before="200"/>') +
        SECTION,
      {},
      { y: 90 },
    ],
    [
      'lines that are told to be so high',
      p('x', '<w:spacing w:line="800" w:lineRule="exact"/>') + SECTION,
      {},
      { y: 87 },
    ],
  ]
  for (const [title, body, others, look] of looks) {
    it(`have ${title}`, async () => {
      const [page] = await layOut(body, others)
      const [text] = drawnOn(page ?? { marks: [] }).texts
      const told = Object.keys(look).map((key) => [key, Object(text)[key]])
      assert.deepEqual(Object.fromEntries(told), look)
    })
  }

  it('have tables with columns as wide as they are told, and cells that cover several', async () => {
    const rows = [
      `<w:tr>${cell(p('a'))}${cell(p('b'), '<w:gridSpan w:val="2"/>')}</w:tr>`,
      `<w:tr>${cell(p('c'), '<w:vMerge w:val="restart"/>')}${cell(p('d'))}${cell(p('e'))}</w:tr>`,
      `<w:tr>${cell(p('no'), '<w:vMerge/>')}${cell(p('f'))}${cell(p('g'))}</w:tr>`,
    ].join('')
    const [page] = await layOut(table('', rows))
    const { texts } = drawnOn(page ?? { marks: [] })
    assert.deepEqual(
      texts.map(({ text, x }) => [text, x]),
      [
        ['a', 50],
        ['b', 150],
        ['c', 50],
        ['d', 150],
        ['e', 200],
        ['f', 150],
        ['g', 200],
      ],
    )
  })

  it('have tables that are as wide as a part of the page, and as their words where nobody says it', async () => {
    const rows = `<w:tr>${cell(p('a'))}${cell(p('b'))}</w:tr>`
    for (const [properties, grid, x] of [
      ['<w:tblW w:type="pct" w:w="5000"/>', [100, 100], 200],
      ['<w:tblW w:type="dxa" w:w="4000"/>', [3000, 1000], 200],
      ['', [], 200],
      ['<w:jc w:val="right"/>', [1000, 1000], 305],
    ] as const) {
      const [page] = await layOut(table(properties, rows, [...grid]))
      assert.equal(drawnOn(page ?? { marks: [] }).texts[1]?.x, x, properties)
    }
  })

  it('have shaded cells by themselves and by the style of their table', async () => {
    const style = part(
      'styles',
      '<w:style w:type="table" w:styleId="T"><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:fill="FF0000"/></w:tcPr></w:tblStylePr><w:tblStylePr w:type="band1Horz"><w:tcPr><w:shd w:val="clear" w:fill="00FF00"/></w:tcPr></w:tblStylePr></w:style>',
    )
    const row = `<w:tr>${cell(p('x'))}</w:tr>`
    const blue = `<w:tr>${cell(p('x'), '<w:shd w:val="clear" w:fill="0000FF"/>')}</w:tr>`
    const rows = row + row + row + blue
    const [page] = await layOut(table('<w:tblStyle w:val="T"/>', rows, [2000]), { styles: style })
    const { boxes, texts } = drawnOn(page ?? { marks: [] })
    assert.deepEqual(
      boxes.map(({ fill }) => fill),
      ['ff0000', '00ff00', '0000ff'],
    )
    assert.deepEqual([texts[0]?.font, texts[1]?.font], ['Tinos_700Bold', 'Tinos_400Regular'])
  })

  it('have the header rows of a table again on each page, and rows divided that are higher than what is left', async () => {
    const header = `<w:tr><w:trPr><w:tblHeader/></w:trPr>${cell(p('head'))}</w:tr>`
    const long = `<w:tr>${cell(Array.from({ length: 20 }, (_, at) => p(`line ${at}`)).join(''))}</w:tr>`
    const pages = await layOut(table('', header + long, [2000]))
    assert.deepEqual(
      pages.map((page) => [linesOf(page).length, linesOf(page)[0]]),
      [
        [17, 'head'],
        [5, 'head'],
      ],
    )
  })

  const GRAPHIC =
    '<a:graphic xmlns:a="a"><a:graphicData><pic:pic xmlns:pic="p"><pic:blipFill><a:blip r:embed="image1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
  const EXTENT = '<wp:extent cx="1270000" cy="635000"/>'
  const anchored = (across: string, down: string, wrap = '<wp:wrapNone/>'): string =>
    `<w:drawing xmlns:wp="w"><wp:anchor><wp:positionH relativeFrom="${across}"/><wp:positionV relativeFrom="${down}"/>${EXTENT}${wrap}${GRAPHIC}</wp:anchor></w:drawing>`
  const pictures: readonly (readonly [string, string, Omit<DrawnBox, 'fill'>])[] = [
    [
      'in their line',
      `<w:drawing xmlns:wp="w"><wp:inline>${EXTENT}${GRAPHIC}</wp:inline></w:drawing>`,
      { x: 50, y: 50, width: 100, height: 50 },
    ],
    ['on the page', anchored('page', 'page'), { x: 0, y: 0, width: 100, height: 50 }],
    ['from the margin', anchored('margin', 'paragraph'), { x: 50, y: 50, width: 100, height: 50 }],
    [
      'of older programs',
      '<w:pict xmlns:v="v"><v:shape style="width:40pt;height:30pt"><v:imagedata r:id="image1"/></v:shape></w:pict>',
      { x: 50, y: 50, width: 40, height: 30 },
    ],
  ]
  for (const [title, content, box] of pictures) {
    it(`have pictures ${title}`, async () => {
      const [page] = await layOut(run(content) + SECTION, { image1: Buffer.from('png') })
      assert.deepEqual(drawnOn(page ?? { marks: [] }).boxes, [
        { ...box, fill: 'word/media/image1.png' },
      ])
    })
  }

  const COUNTED =
    '<c:ser><c:cat><c:strLit><c:pt idx="0"><c:v>May</c:v></c:pt></c:strLit></c:cat><c:val><c:numLit><c:pt idx="0"><c:v>4</c:v></c:pt></c:numLit></c:val></c:ser>'
  const CHART = `<c:chartSpace xmlns:c="c"><c:chart><c:plotArea><c:barChart>${COUNTED}</c:barChart></c:plotArea></c:chart></c:chartSpace>`
  const MODEL =
    '<dgm:dataModel xmlns:dgm="d" xmlns:a="a"><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Plan</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>'
  const held = (content: string): string =>
    `<w:drawing xmlns:wp="w"><wp:inline>${EXTENT}<a:graphic xmlns:a="a"><a:graphicData>${content}</a:graphicData></a:graphic></wp:inline></w:drawing>`
  const inGroup = (content: string): string =>
    held(
      `<wpg:wgp xmlns:wpg="g"><wpg:graphicFrame><wpg:xfrm><a:off x="0" y="0"/><a:ext cx="1270000" cy="635000"/></wpg:xfrm><a:graphic><a:graphicData>${content}</a:graphicData></a:graphic></wpg:graphicFrame></wpg:wgp>`,
    )
  const chart = '<c:chart xmlns:c="c" r:id="chart1"/>'
  const drawings: readonly (readonly [string, string, Others, readonly string[]])[] = [
    ['charts in their line', held(chart), { chart1: CHART }, ['May']],
    ['charts of a group', inGroup(chart), { chart1: CHART }, ['May']],
    [
      'texts of diagrams',
      held('<dgm:relIds xmlns:dgm="d" r:dm="diagramData1"/>'),
      { diagramData1: MODEL },
      ['Plan'],
    ],
  ]
  for (const [title, content, others, words] of drawings) {
    it(`have ${title}`, async () => {
      const [page] = await layOut(run(content) + SECTION, others)
      const drawn = drawnOn(page ?? { marks: [] }).texts
      for (const word of words) {
        const text = drawn.find((each) => each.text === word)
        assert.ok(text, word)
        assert.ok(text.x >= 50 && text.x <= 150 && text.y >= 50 && text.y <= 100, word)
      }
    })
  }

  const indices: readonly (readonly [string, string, number])[] = [
    ['lowered', `<m:sSub><m:e>${r('x')}</m:e><m:sub>${r('i')}</m:sub></m:sSub>`, 1],
    ['raised', `<m:sSup><m:e>${r('x')}</m:e><m:sup>${r('i')}</m:sup></m:sSup>`, -1],
    ['below', `<m:nary><m:sub>${r('i')}</m:sub><m:e>${r('x')}</m:e></m:nary>`, 1],
  ]
  for (const [title, content, side] of indices) {
    it(`have indices of equations ${title}`, async () => {
      const body = `<w:p><m:oMath xmlns:m="m">${content}</m:oMath></w:p>`
      const [page] = await layOut(body + SECTION)
      const { texts } = drawnOn(page ?? { marks: [] })
      const [index, line] = [/^i$/, /x$/].map((form) => texts.find(({ text }) => form.test(text)))
      assert.equal(Math.sign((index?.y ?? 0) - (line?.y ?? 0)), side)
      assert.ok((index?.size ?? 0) < (line?.size ?? 0))
    })
  }

  it('have a grey box where a chart is damaged, and all else', async () => {
    const [page] = await layOut(run(held(chart)) + p('Next') + SECTION, { chart1: '<c:chart' })
    const { boxes, texts } = drawnOn(page ?? { marks: [] })
    assert.deepEqual(boxes, [{ x: 50, y: 50, width: 100, height: 50, fill: 'graphic 0' }])
    assert.deepEqual(
      texts.map(({ text }) => text),
      ['Next'],
    )
  })

  it('have shapes in the colours of the theme, with light letters where their style says so', async () => {
    const style =
      '<wps:style><a:fillRef idx="0"><a:schemeClr val="accent1"/></a:fillRef><a:fontRef idx="minor"><a:schemeClr val="lt1"/></a:fontRef></wps:style>'
    const shape = `<wps:wsp xmlns:wps="s"><wps:spPr><a:prstGeom prst="rect"/><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></wps:spPr>${style}<wps:txbx><w:txbxContent>${p('Over')}</w:txbxContent></wps:txbx></wps:wsp>`
    const theme =
      '<a:theme xmlns:a="a"><a:themeElements><a:clrScheme><a:accent1><a:srgbClr val="112233"/></a:accent1></a:clrScheme></a:themeElements></a:theme>'
    const [page] = await layOut(run(held(shape)) + SECTION, { theme })
    const { boxes, texts } = drawnOn(page ?? { marks: [] })
    assert.deepEqual(boxes, [{ x: 50, y: 50, width: 100, height: 50, fill: '112233' }])
    assert.deepEqual(
      texts.map(({ text, colour }) => [text, colour]),
      [['Over', 'ffffff']],
    )
  })

  it('have text that goes around pictures, as far as they reach', async () => {
    const words = `<w:t>${'word '.repeat(60)}</w:t>`
    const [page] = await layOut(
      run(anchored('column', 'paragraph', '<wp:wrapSquare/>') + words) + SECTION,
      {
        image1: Buffer.from('png'),
      },
    )
    const starts = drawnOn(page ?? { marks: [] }).texts.map(({ x }) => x)
    assert.deepEqual([starts[0], starts.at(-1)], [159, 50])
  })

  it('have columns where sections do', async () => {
    const columns = SECTION.replace('</w:sectPr>', '<w:cols w:num="2" w:space="400"/></w:sectPr>')
    const [page] = await layOut(p('x').repeat(30) + columns)
    const starts = drawnOn(page ?? { marks: [] }).texts.map(({ x }) => x)
    assert.deepEqual([starts[0], starts.at(-1)], [50, 210])
  })

  it('have rows that are higher than a page below the header of their table, cut off', async () => {
    const header = `<w:tr><w:trPr><w:tblHeader/></w:trPr>${cell(p('head'))}</w:tr>`
    const high = `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="9000"/></w:trPr>${cell(p('high'))}</w:tr>`
    const pages = await layOut(table('', header + high + high, [2000]))
    assert.deepEqual(pages.map(linesOf), [['head'], ['head', 'high'], ['head', 'high']])
  })

  it('go on to the next page where a section that continues has no room left', async () => {
    const continued = SECTION.replace('<w:pgSz', '<w:type w:val="continuous"/><w:pgSz')
    const pages = await layOut(p('x').repeat(16) + p('y', SECTION) + p('z').repeat(3) + continued)
    assert.deepEqual(
      pages.map((page) => linesOf(page).length),
      [17, 3],
    )
  })

  it('keep lines together that would be alone, and headings with what they are of', async () => {
    const filled = p('x').repeat(16)
    const heading = p('heading', '<w:keepNext/>')
    const [first] = await layOut(filled + heading + p('text') + SECTION)
    assert.equal(linesOf(first ?? { marks: [] }).at(-1), 'x')
  })
})
