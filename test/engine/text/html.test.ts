import { useExtraction } from './extraction.ts'

describe('text of a page', () => {
  const { assertText, assertFails } = useExtraction()

  for (const { name, source, text } of [
    {
      name: 'has blocks on lines of their own and one space for any',
      source: '<h1>One\n  two</h1><p>three <b>four</b>\n</p>five<br>six<div><div>seven</div></div>',
      text: 'One two\nthree four\nfive\nsix\nseven\n',
    },
    {
      name: 'has its title, and nothing else of its head',
      source: '<head><title>A &amp; B</title><style>p{}</style> <base></head><body>text',
      text: 'A & B\ntext\n',
    },
    {
      name: 'has nothing that nobody sees',
      source:
        'a<script>if (1<2) x()</script><!-- no --><template>t</template><noscript>n</noscript> b',
      text: 'a b\n',
    },
    {
      name: 'has formulas as they are seen, and not as they were typed',
      source:
        'a <math><semantics><mrow><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow><annotation encoding="application/x-tex">mc^2</annotation></semantics></math> b',
      text: 'a mc2 b\n',
    },
    {
      name: 'decodes entities and leaves out soft hyphens',
      source: 'Fran&ccedil;ois&nbsp;&euro;&#x1F600;&notin; hy&shy;phen',
      text: 'François\u00a0€😀∉ hyphen\n',
    },
    {
      name: 'keeps preformatted text',
      source: '<p>a</p><pre>  x\n    y\n\nz</pre><p>b</p>',
      text: 'a\n  x\n    y\n\nz\nb\n',
    },
    {
      name: 'has items of lists',
      source: '<ul><li>a<li>b</ul><dl><dt>c<dd>d</dl>',
      text: 'a\nb\nc\nd\n',
    },
    {
      name: 'separates cells by tabs and rows by lines',
      source:
        '<table><caption>T</caption><tr><th>a</th><th>b</th></tr><tr><td></td><td><p>d</p><p>e</p></td><td>f</td></tr></table>after',
      text: 'T\na\tb\n\td\ne\tf\nafter\n',
    },
    {
      name: 'is read when its head has no end',
      source: '<head><meta name=a><title>T</title><p>text',
      text: 'T\ntext\n',
    },
    {
      name: 'is read when nothing is closed',
      source: '<p>a<p><b>b<table><td>c',
      text: 'a\nb\nc\n',
    },
  ]) {
    it(name, () => assertText(`<!DOCTYPE html><html>${source}</html>`, text))
  }

  it('is read without markup when it is called a page', () =>
    assertText('one &amp;\n two', 'one & two\n', { mimetype: 'text/html' }))

  it('fails when elements are nested without end', () =>
    assertFails(`<html>${'<b>'.repeat(1e6)}`, 'SourceUnsupported', /4000 elements/))
})

describe('text of an XML document', () => {
  const { assertText } = useExtraction()

  for (const { name, source, text } of [
    {
      name: 'has elements on lines of their own',
      source: '<a><b>1</b><c x="no">2</c>\n<d><e>3</e></d></a>',
      text: '1\n2\n3\n',
    },
    {
      name: 'has sentences on one line',
      source: '<doc><p>Some <b>bold</b> and <i>other</i>\n text.</p><p>More</p></doc>',
      text: 'Some bold and other text.\nMore\n',
    },
    {
      name: 'has what needs no escaping',
      source: '<a>1<![CDATA[ <2> ]]>&amp; 3</a>',
      text: '1 <2> & 3\n',
    },
    {
      name: 'expands no entities',
      source: '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]><a>&y;<b>z</b></a>',
      text: '&y;z\n',
    },
  ]) {
    it(name, () => assertText(`<?xml version="1.0"?>${source}`, text))
  }

  it('is that of the cells of a workbook in one file of XML', () =>
    assertText(
      '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><DocumentProperties><Author>A</Author></DocumentProperties><Worksheet ss:Name="One"><Table><Row><Cell><Data ss:Type="String">a <B>b</B></Data></Cell><Cell><Data ss:Type="Number">1.5</Data></Cell></Row></Table></Worksheet><Worksheet><Table><Row><Cell><Data>c</Data></Cell></Row></Table></Worksheet></Workbook>',
      'a b\t1.5\n\nc\n',
    ))

  it('is that of texts, titles and descriptions in a drawing', () =>
    assertText(
      '<svg xmlns="http://www.w3.org/2000/svg"><title>Logo</title><desc>A tree</desc><style>.a{}</style><g><text><tspan y="1">one</tspan><tspan y="2">two <tspan>and</tspan></tspan></text></g><a>no</a></svg>',
      'Logo\nA tree\none\ntwo and\n',
    ))
})
