import { odf, odfPart } from './documents.ts'
import { useExtraction } from './extraction.ts'

const CHART =
  '<office:chart><chart:chart><chart:title><text:p>Turnover</text:p></chart:title><chart:axis><chart:title><text:p>CHF</text:p></chart:title></chart:axis><table:table><table:table-row><table:table-cell><text:p>Sales</text:p></table:table-cell><table:table-cell office:value-type="float"><text:p>12.5</text:p></table:table-cell></table:table-row></table:table></chart:chart></office:chart>'

const FORMULA =
  '<?xml version="1.0"?><math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow><annotation encoding="StarMath 5.0">E = m c^2</annotation></semantics></math>'

const object = (name: string): string =>
  `<draw:frame><draw:object xlink:href="./${name}"/></draw:frame>`

describe('text of an OpenDocument file', () => {
  const { assertText, assertFails } = useExtraction()

  it('is read of one file of XML that has a chart in it, which is a document itself', () =>
    assertText(
      '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>before</text:p><draw:object><office:document office:mimetype="application/vnd.oasis.opendocument.chart"><office:body><text:p>of the chart</text:p></office:body></office:document></draw:object><text:p>behind</text:p></office:text></office:body></office:document>',
      'before\nof the chart\nbehind\n',
    ))

  it('is read of one file of XML with the styles that its program has made', () =>
    assertText(
      '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles><style:style style:name="T1"><style:text-properties text:display="none"/></style:style></office:automatic-styles><office:body><office:text><text:p>seen<text:span text:style-name="T1"> not</text:span></text:p></office:text></office:body></office:document>',
      'seen\n',
    ))

  it('is read of one file of XML that repeats a part once alone', () =>
    assertText(
      '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><text:p>first</text:p></office:body><office:body><text:p>second</text:p></office:body></office:document>',
      'first\n',
    ))

  it('has the charts and formulas that are in it, where they are', () => {
    const objects = {
      'Chart 1/content.xml': odfPart(CHART),
      'Formula 1/content.xml': FORMULA,
    }
    const sheet = `<table:table><table:table-row><table:table-cell><text:p>cell</text:p>${object('Chart 1')}</table:table-cell></table:table-row></table:table>`
    return Promise.all([
      assertText(
        odf(
          'text',
          `<text:p>energy is ${object('Formula 1')} here ${object('Chart 1')}</text:p><text:p>behind</text:p>`,
          objects,
        ),
        'energy is E=mc2 here\nTurnover\nCHF\nSales\nbehind\n',
      ),
      assertText(odf('spreadsheet', sheet, objects), 'cell\nTurnover\nCHF\n'),
    ])
  })

  it('is that of a formula or a chart alone', async () => {
    await assertText(odf('chart', CHART), 'Turnover\nCHF\nSales\n')
    await assertText(odf('formula', '', { 'content.xml': FORMULA }), 'E=mc2\n')
  })

  it('fails for one file of XML that ends behind a chart in it', () =>
    assertFails(
      '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><draw:object><office:document></office:document></draw:object>',
      'SourceCorrupt',
      /damaged or incomplete/,
    ))

  it('is read of a document that is one file of XML, without its settings', () =>
    assertText(
      '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:t" office:mimetype="application/vnd.oasis.opendocument.text"><office:meta><dc:title>Plan</dc:title></office:meta><office:settings><config>views</config></office:settings><office:master-styles><style:header><text:p>top</text:p></style:header></office:master-styles><office:body><office:text><text:p>words of the plan</text:p></office:text></office:body></office:document>',
      'top\n\nwords of the plan\n',
    ))

  for (const { name, body, text } of [
    {
      name: 'has headings and paragraphs on lines of their own',
      body: '<text:h>One</text:h>\n  <text:p>two\n   words</text:p><text:p/><text:p>three</text:p>',
      text: 'One\ntwo words\nthree\n',
    },
    {
      name: 'has spaces, tabs and line breaks',
      body: '<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d<text:s text:c="99999999"/></text:p>',
      text: 'a   b\tc\nd\n',
    },
    {
      name: 'has no changes, comments or descriptions of pictures',
      body: '<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:p>kept<office:annotation><text:p>comment</text:p></office:annotation><draw:frame><svg:title>logo</svg:title></draw:frame></text:p>',
      text: 'kept\n',
    },
    {
      name: 'has notes and text boxes behind their paragraph',
      body: '<text:p>before<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note> after<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame></text:p><text:p>next</text:p>',
      text: 'before after\nnote\nbox\nnext\n',
    },
    {
      name: 'separates cells by tabs and rows by lines',
      body: '<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell/><table:table-cell><text:p>d</text:p></table:table-cell></table:table-row></table:table>',
      text: 'a\tb\n\td\n',
    },
    {
      name: 'has no text that its style hides, or a style that this one is made of',
      body: '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style><style:style style:name="P1" style:parent-style-name="T1"/><style:style style:name="P2" style:parent-style-name="T1"><style:text-properties text:display="true"/></style:style><text:p>seen<text:span text:style-name="T1"> not<text:tab/></text:span></text:p><text:p text:style-name="P1">nor this</text:p><text:p text:style-name="P2">too</text:p>',
      text: 'seen\ntoo\n',
    },
    {
      name: 'has no sections, paragraphs and variables that are hidden',
      body: '<text:section text:display="none"><text:p>one</text:p></text:section><text:section text:display="condition" text:is-hidden="true"><text:p>two</text:p></text:section><text:section text:display="condition" text:is-hidden="false"><text:p>three</text:p></text:section><text:p><text:hidden-paragraph text:is-hidden="true"/>four</text:p><text:p>five<text:variable-set text:display="none">6</text:variable-set></text:p>',
      text: 'three\nfive\n',
    },
  ]) {
    it(name, () => assertText(odf('text', `<office:text>${body}</office:text>`), text))
  }

  it('has headers before the body and footers behind it, each once', () =>
    assertText(
      odf('text-template', '<text:p>body</text:p>', {
        'styles.xml': odfPart(
          '<style:master-page><style:header><text:p>top</text:p></style:header><style:footer><text:p>bottom</text:p></style:footer></style:master-page><style:master-page><style:header><text:p>top</text:p></style:header></style:master-page><text:p>style</text:p>',
        ),
      }),
      'top\n\nbody\n\nbottom\n',
    ))

  it('has pages behind blank lines, with their notes', () =>
    assertText(
      odf(
        'presentation',
        '<draw:page><draw:frame><draw:text-box><text:p>one</text:p></draw:text-box></draw:frame><presentation:notes><text:p>note</text:p></presentation:notes></draw:page><draw:page><text:p>two</text:p></draw:page>',
      ),
      'one\nnote\n\ntwo\n',
    ))

  it('has sheets behind blank lines, rows as lines, and no end of empty cells', () =>
    assertText(
      odf(
        'spreadsheet',
        `<table:table><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:covered-table-cell/><table:table-cell><text:p>y<text:s/>z</text:p></table:table-cell></table:table-row></table:table>
        <table:table><table:shapes><draw:frame><draw:text-box><text:p>shape</text:p></draw:text-box></draw:frame></table:shapes><table:table-row><table:table-cell><text:p>next</text:p></table:table-cell></table:table-row></table:table>`,
      ),
      'a b\t\t\tx\tx\n\ty z\n\ty z\n\nshape\nnext\n',
    ))

  it('has what cells are worth where nothing says how they are displayed', () =>
    assertText(
      odf(
        'spreadsheet',
        '<table:table><table:table-row><table:table-cell office:value-type="float" office:value="5.5"/><table:table-cell office:value-type="date" office:date-value="2024-02-03"/><table:table-cell office:value-type="string" office:string-value="Ann"/><table:table-cell office:value-type="float" office:value="7"><text:p/></table:table-cell></table:table-row></table:table>',
      ),
      '5.5\t2024-02-03\tAnn\n',
    ))

  it('repeats no row without end', () =>
    assertText(
      odf(
        'spreadsheet',
        '<table:table><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row></table:table>',
      ),
      `${Array(100).fill('x').join('\t')}\n`.repeat(100),
    ))

  it('fails when it is encrypted', () =>
    assertFails(
      odf('text', '', {
        'META-INF/manifest.xml': odfPart(
          '<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>',
        ),
      }),
      'SourceUnsupported',
      /^The ODT source is encrypted; set password/,
    ))

  it('fails when it is of a kind that has no text', () =>
    assertFails(odf('database', ''), 'SourceUnsupported', /an OpenDocument database/))
})
