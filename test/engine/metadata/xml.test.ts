import assert from 'node:assert/strict'
import { textOf, XmlError } from '../../../src/engine/metadata/xml/element.ts'
import { parseXml } from '../../../src/engine/metadata/xml/parse.ts'

const wellFormed: Record<string, string> = {
  'an element of one tag': '<a/>',
  'white space in tags': '<a\n b = "1"\tc=\'2\' ></a >',
  'a declaration, comments and instructions':
    '\uFEFF<?xml version="1.0"?><!-- a - b --><?b c?><a><?d?></a>\n<!---->',
  'CDATA with tags in it': '<a><![CDATA[<b>&]]]]></a>',
  references: '<a b="&lt;&#38;&#x1F600;">&gt;&amp;&quot;&apos;</a>',
  'names beyond ASCII': '<é:ü xmlns:é="urn:a" é:ö="1"/>',
  'one name in two namespaces': '<a xmlns:b="urn:b" xmlns:c="urn:c" b:d="" c:d="" d=""/>',
  'a default namespace that ends': '<a xmlns="urn:a"><b xmlns=""/></a>',
}

const malformed: Record<string, string> = {
  nothing: '',
  'no element': '<!-- a -->',
  'text alone': 'a',
  'text before the root': 'a<a/>',
  'a reference behind the root': '<a/>&#65;',
  'two roots': '<a/><b/>',
  'no end tag': '<a><b></a>',
  'another end tag': '<a></b>',
  'an end tag too many': '<a/></a>',
  'a longer end tag': '<a></ab>',
  'an attribute twice': '<a b="" b=""/>',
  'an attribute twice by its namespace': '<a xmlns:b="u" xmlns:c="u" b:d="" c:d=""/>',
  'an attribute without quotes': '<a b=1/>',
  'attributes without space': '<a b="1"c="2"/>',
  'a space that is none': '<a\u00A0b="1"/>',
  'an attribute with a tag': '<a b="<"/>',
  'an undeclared prefix': '<b:a/>',
  'an undeclared prefix of an attribute': '<a b:c=""/>',
  'an undeclared prefix by emptiness': '<a xmlns:b=""><b:c/></a>',
  'an unknown entity': '<a>&b;</a>',
  'an unknown entity in an attribute': '<a c="&b;"/>',
  'an ampersand alone': '<a>b & c</a>',
  'a reference to no character': '<a>&#0;</a>',
  'a control character': '<a>\u0001</a>',
  'half a surrogate pair': '<a>\uD800</a>',
  'the end of CDATA in a text': '<a>]]></a>',
  'an open comment': '<a><!-- </a>',
  'two hyphens in a comment': '<a><!-- -- --></a>',
  'a late declaration': '<a><?xml version="1.0"?></a>',
  'a document type': '<!DOCTYPE a><a/>',
  entities: '<!DOCTYPE a [<!ENTITY b "c">]><a/>',
  'too deep': '<a>'.repeat(600) + '</a>'.repeat(600),
}

describe('parseXml', () => {
  for (const [title, document] of Object.entries(wellFormed)) {
    it(`reads ${title}`, () => {
      const root = parseXml(document)
      assert.equal(document.slice(root.start, root.end).at(-1), '>')
    })
  }

  for (const [title, document] of Object.entries(malformed)) {
    it(`refuses ${title}`, () => {
      assert.throws(() => parseXml(document), XmlError)
    })
  }

  it('tells where everything is', () => {
    const document = '<a xmlns="urn:a">b<c d="&lt;">e</c></a>'
    const [child] = parseXml(document).children
    const [attribute] = child?.attributes ?? []
    assert.ok(child && attribute)
    assert.deepEqual(
      [
        document.slice(child.start, child.startTagEnd),
        document.slice(child.endTagStart, child.end),
        document.slice(attribute.start, attribute.end),
        attribute.value,
        attribute.namespace,
        child.namespace,
      ],
      ['<c d="&lt;">', '</c>', 'd="&lt;"', '<', '', 'urn:a'],
    )
  })

  it('passes over a document type where it is told to, and lets its entities be', () => {
    const document = '<!DOCTYPE a [<!ENTITY b "]>c">\n]><a d="&b;">&b;</a>'
    const root = parseXml(document, { skipDocumentType: true })
    assert.equal(textOf(document, root), '&b;')
  })

  it('takes no longer for a text that is made to take long', () => {
    const long = [
      `<a>${'<'.repeat(1_000_000)}`,
      `<a ${'b = '.repeat(300_000)}>`,
      `<!DOCTYPE ${'['.repeat(500_000)}`,
      `<a>${'&'.repeat(1_000_000)}</a>`,
      `<${'a'.repeat(1_000_000)} `,
    ]
    const start = process.cpuUsage()
    for (const document of long) {
      assert.throws(() => parseXml(document, { skipDocumentType: true }), XmlError)
    }
    assert.ok(process.cpuUsage(start).user < 5_000_000, 'it takes less than 5 s of a core')
  })
})

describe('textOf', () => {
  it('reads what stands in an element', () => {
    const document = '<a>b<!-- c -->&lt;<d>&#233;</d><![CDATA[<e>]]></a>'
    assert.equal(textOf(document, parseXml(document)), 'b<é<e>')
  })
})
