import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { extractText } from '../../../src/engine/text/extract-text.ts'
import { identifySource } from '../../../src/sources/identify.ts'
import { docx, mhtml, office, paragraph, relationships, wordPart } from './documents.ts'
import { useExtraction } from './extraction.ts'

const run = (words: string): string => `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`

const mark = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`

const style = (id: string, properties: string): string =>
  `<w:style w:styleId="${id}">${properties}</w:style>`

const inStyle = (id: string, content: string): string =>
  `<w:p><w:pPr><w:pStyle w:val="${id}"/></w:pPr>${content}</w:p>`

const symbol = (font: string, code: string): string => `<w:sym w:font="${font}" w:char="${code}"/>`

const MAIN_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'

/** A document that imports a file between two paragraphs, and says what it is. */
function importing(name: string, content: string | Buffer, type = ''): Buffer {
  return docx(
    `${paragraph('before')}<w:altChunk r:id="chunk"/>${paragraph('after')}`,
    [['chunk', 'aFChunk', name]],
    {
      '[Content_Types].xml': `<Types><Override PartName="/word/document.xml" ContentType="${MAIN_TYPE}"/><Override PartName="/word/${name}" ContentType="${type}"/></Types>`,
      [`word/${name}`]: content,
    },
  )
}

/** A document that imports the bytes of a text, and says what they are. */
const imports = (type: string, content: string): Buffer =>
  importing('a.dat', Buffer.from(content, 'latin1'), type)

describe('text of a Word document', () => {
  const { folder, assertText, assertFails } = useExtraction()

  for (const { name, body, text } of [
    {
      name: 'has a line a paragraph',
      body: paragraph('one') + paragraph('two'),
      text: 'one\ntwo\n',
    },
    {
      name: 'has no empty lines',
      body: `${paragraph('one')}<w:p/><w:p/>${paragraph('two')}`,
      text: 'one\ntwo\n',
    },
    { name: 'is empty when the document is', body: '<w:p/>', text: '' },
    {
      name: 'puts runs together',
      body: '<w:p><w:r><w:t>un</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>believ</w:t></w:r><w:r><w:t>able</w:t></w:r></w:p>',
      text: 'unbelievable\n',
    },
    {
      name: 'has tabs, line breaks and hyphens, and no tab stops',
      body: '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t></w:r></w:p>',
      text: 'a\tb\nc\u2011de\n',
    },
    {
      name: 'has what was inserted and not what was deleted or moved away',
      body: '<w:p><w:r><w:t>The </w:t></w:r><w:del><w:r><w:delText>old</w:delText><w:t>old</w:t></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> here</w:t></w:r></w:moveTo></w:p>',
      text: 'The new here\n',
    },
    {
      name: 'has the result of a field and not its instruction',
      body: '<w:p><w:r><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r><w:r><w:t>7</w:t></w:r></w:p>',
      text: '7\n',
    },
    {
      name: 'has the result of the outer field where one is in the code of another',
      body: `<w:p>${run('Dear ')}${mark('begin')}<w:r><w:instrText>IF </w:instrText></w:r>${mark('begin')}<w:r><w:instrText>MERGEFIELD sex</w:instrText></w:r>${mark('separate')}${run('f')}${mark('end')}${mark('separate')}${run('Ms ')}${mark('begin')}${mark('separate')}${run('Smith')}${mark('end')}${mark('end')}${run('!')}</w:p>`,
      text: 'Dear Ms Smith!\n',
    },
    {
      name: 'has no hidden text, but text that no longer is or never was',
      body: '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t><w:tab/></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>seen </w:t></w:r><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>again</w:t></w:r></w:p>',
      text: 'seen again\n',
    },
    {
      name: 'has symbols by their fonts, wherever those have them',
      body: `<w:p><w:r>${symbol('Symbol', 'F061')}${symbol('Symbol', '0062')}${symbol('Wingdings', 'F04A')}${symbol('Webdings', 'F061')}${symbol('Unheard', 'F061')}${symbol('Unheard', '00B5')}</w:r></w:p>`,
      text: 'αβ☺✔µ\n',
    },
    {
      name: 'has a text box once, behind its paragraph',
      body: `<w:p><w:r><w:t>before </w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>${paragraph('box')}${paragraph('more')}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>${paragraph('box')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>after</w:t></w:r></w:p>${paragraph('next')}`,
      text: 'before after\nbox\nmore\nnext\n',
    },
    {
      name: 'separates cells by tabs and rows by lines',
      body: `<w:tbl><w:tr><w:tc>${paragraph('a')}</w:tc><w:tc>${paragraph('b')}</w:tc></w:tr><w:tr><w:tc><w:p/></w:tc><w:tc>${paragraph('d')}</w:tc></w:tr></w:tbl>${paragraph('after')}`,
      text: 'a\tb\n\td\nafter\n',
    },
    {
      name: 'has paragraphs in one line where the end of the first is deleted',
      body: `<w:p><w:pPr><w:pStyle w:val="X"/><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>${run('one ')}</w:p>${paragraph('sentence')}${paragraph('next')}`,
      text: 'one sentence\nnext\n',
    },
    {
      name: 'has what is chosen in the list of a form',
      body: `<w:p>${run('Colour: ')}<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="red"/><w:listEntry w:val="blue"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>${mark('separate')}${mark('end')}</w:p>`,
      text: 'Colour: blue\n',
    },
    {
      name: 'has letters in fonts of symbols as what is seen',
      body: `<w:p><w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0fc J</w:t></w:r>${run(' J ')}<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>ab</w:t></w:r></w:p>`,
      text: '✓ ☺ J αβ\n',
    },
    {
      name: 'decodes entities and composes letters',
      body: paragraph('R&amp;D &lt;&#252;&gt; u\u0308'),
      text: 'R&D <ü> ü\n',
    },
  ]) {
    it(name, () => assertText(docx(body), text))
  }

  it('has no text that a style hides, be it by what that is based on', () => {
    const hide = '<w:rPr><w:vanish/></w:rPr>'
    return assertText(
      docx(
        `<w:p>${run('seen ')}<w:r><w:rPr><w:rStyle w:val="Hid"/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Hid"/><w:vanish w:val="0"/></w:rPr><w:t>too</w:t></w:r></w:p>${inStyle('Based', run('hidden'))}${inStyle('Shown', run('again'))}`,
        [['r1', 'styles', 'styles.xml']],
        {
          'word/styles.xml': wordPart(
            'styles',
            `${style('Hid', hide)}${style('Based', '<w:basedOn w:val="Hid"/>')}${style('Shown', '<w:basedOn w:val="Hid"/><w:rPr><w:vanish w:val="0"/></w:rPr>')}${style('Own', '<w:basedOn w:val="Own"/>')}`,
          ),
        },
      ),
      'seen too\nagain\n',
    )
  })

  it('has headers before the body, notes and footers behind it, and each header once', () =>
    assertText(
      docx(
        paragraph('body'),
        [
          ['r1', 'footer', 'footer1.xml'],
          ['r2', 'header', 'header1.xml'],
          ['r3', 'header', 'header2.xml'],
          ['r4', 'endnotes', 'endnotes.xml'],
          ['r5', 'footnotes', 'footnotes.xml'],
          ['r6', 'comments', 'comments.xml'],
        ],
        {
          'word/header1.xml': wordPart('hdr', paragraph('header')),
          'word/header2.xml': wordPart('hdr', paragraph('header')),
          'word/footer1.xml': wordPart('ftr', paragraph('footer')),
          'word/footnotes.xml': wordPart(
            'footnotes',
            `<w:footnote>${paragraph('footnote')}</w:footnote>`,
          ),
          'word/endnotes.xml': wordPart(
            'endnotes',
            `<w:endnote>${paragraph('endnote')}</w:endnote>`,
          ),
          'word/comments.xml': wordPart('comments', paragraph('comment')),
        },
      ),
      'header\n\nbody\n\nfootnote\n\nendnote\n\nfooter\n',
    ))

  it('is found whatever the main part and its prefix are called', () =>
    assertText(
      office('deep/Er/main.xml', 'application/vnd.ms-word.document.macroEnabled.main+xml', {
        'deep/Er/MAIN.XML':
          '<ns0:document xmlns:ns0="x"><ns0:p><ns0:t>found</ns0:t></ns0:p></ns0:document>',
        'deep/Er/_rels/main.xml.rels': relationships([['r', 'header', '../header.xml']]),
        'deep/header.xml': '<x:hdr><x:p><x:t>top</x:t></x:p></x:hdr>',
      }),
      'top\n\nfound\n',
    ))

  it('is read from UTF-16 as well', () =>
    assertText(
      office('word/document.xml', 'wordprocessingml', {
        'word/document.xml': Buffer.from(
          `\uFEFF${wordPart('document', paragraph('größer'))}`,
          'utf16le',
        ),
      }),
      'größer\n',
    ))

  for (const [kind, name, content] of [
    ['a page', 'a.html', '<html><title>none of it</title><p>Gr&uuml;&szlig;e<p>aus Genf</html>'],
    ['a page in one file', 'a.mht', mhtml('text/html', 'Gr=C3=BC=C3=9Fe<p>aus Genf')],
    ['a document', 'a.docx', docx(paragraph('Grüße') + paragraph('aus Genf'))],
    ['a document in RTF', 'a.rtf', '{\\rtf1 Gr\\u252?\\u223?e\\par aus Genf}'],
    ['a text', 'a.txt', 'Grüße\naus Genf'],
  ] as const) {
    it(`has what is imported where it is: ${kind}`, () =>
      assertText(importing(name, content), 'before\nGrüße\naus Genf\nafter\n'))
  }

  it('has what is imported as the document says what it is, and in which encoding', async () => {
    await assertText(imports('text/plain', 'a <b> c'), 'before\na <b> c\nafter\n')
    await assertText(imports('text/html', 'a <b> c'), 'before\na c\nafter\n')
    await assertText(
      imports('text/html; charset=windows-1251', '<p>\xec\xe8\xf0'),
      'before\nмир\nafter\n',
    )
  })

  it('has all else, and says so, when what is imported is damaged', async () => {
    const sourcePath = folder.pathTo('importing.docx')
    const textPath = folder.pathTo('importing.txt')
    await writeFile(sourcePath, importing('a.docx', 'PK\x03\x04 and no more'))
    const source = await identifySource(sourcePath)
    assert.deepEqual(await extractText({ source, textPath }), [
      'Not read: a file that the document imports, which is damaged or of no kind that is read.',
    ])
    assert.equal(await readFile(textPath, 'utf8'), 'before\nafter\n')
  })

  it('is found by a reference that has blanks in it', () =>
    assertText(
      office('word/main part.xml', 'wordprocessingml', {
        '_rels/.rels': relationships([['r', 'officeDocument', 'word/main%20part.xml']]),
        'word/main part.xml': wordPart('document', paragraph('found')),
      }),
      'found\n',
    ))

  it('fails for documents that are in each other too often', () => {
    let document = docx(paragraph('innermost'))
    for (let depth = 0; depth < 5; depth += 1) document = importing('a.docx', document)
    return assertFails(document, 'SourceUnsupported', /documents within each other/)
  })

  for (const [what, behind] of [
    ['a line end', '\r\n'],
    ['zeros', '\0'.repeat(70_000)],
    ['a page', '<html>Thank you for your download.</html>'.repeat(50)],
    ['what looks like an end', 'PK\x05\x06'.repeat(9)],
  ] as const) {
    it(`is read when ${what} is behind it`, () =>
      assertText(Buffer.concat([docx(paragraph('words')), Buffer.from(behind)]), 'words\n'))
  }

  for (const [what, front] of [
    ['blank lines', '\r\n\n'],
    ['a byte order mark', '\ufeff'],
    ['a warning', '<br />\n<b>Warning</b>: Undefined variable in <b>/x.php</b><br />\n'],
    ['zeros', '\0'.repeat(512)],
    ['the header of a form', '------A\r\nContent-Disposition: form-data; name="f"\r\n\r\n'],
  ] as const) {
    const document = Buffer.concat([Buffer.from(front), docx(paragraph('words'))])
    it(`is read when ${what} is before it`, () => assertText(document, 'words\n'))
    it(`is read when ${what} is before it and something is behind it`, () =>
      assertText(Buffer.concat([document, Buffer.from('\r\n--A--\r\n')]), 'words\n'))
  }

  it('is that of a text which tells how zip files begin', () =>
    assertText('They begin with PK\x03\x04.\n', 'They begin with PK.\n'))

  it('is read of a document that is one file of XML', () =>
    assertText(
      `<?xml version="1.0" standalone="yes"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"><pkg:part pkg:name="/_rels/.rels" pkg:contentType="rels"><pkg:xmlData>${relationships([['r', 'officeDocument', 'word/document.xml']]).replace(/^<[^>]*>/, '')}</pkg:xmlData></pkg:part><pkg:part pkg:name="/word/document.xml" pkg:contentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"><pkg:xmlData><w:document xmlns:w="urn:w"><w:body>${paragraph('größer &amp; weiter')}</w:body></w:document></pkg:xmlData></pkg:part><pkg:part pkg:name="/word/media/image1.png" pkg:contentType="image/png"><pkg:binaryData>iVBORw0KGgo=</pkg:binaryData></pkg:part></pkg:package>`,
      'größer & weiter\n',
    ))

  it('is read of a document of Word 2003, without its properties and pictures', () =>
    assertText(
      `<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="urn:w" xmlns:o="urn:o"><o:DocumentProperties><o:Title>T</o:Title></o:DocumentProperties><w:body><wx:sect><w:p>${run('Sehr ge')}${run('ehrte')}<w:r><w:pict><w:binData>AAAA</w:binData></w:pict></w:r></w:p></wx:sect></w:body></w:wordDocument>`,
      'Sehr geehrte\n',
    ))

  for (const { name, source } of [
    {
      name: 'without its main part',
      source: office('word/document.xml', 'wordprocessingml', {}),
    },
    {
      name: 'whose XML ends too early',
      source: office('word/document.xml', 'wordprocessingml', {
        'word/document.xml': '<w:document><w:body><w:p><w:t>half',
      }),
    },
    {
      name: 'whose main part is no XML',
      source: office('word/document.xml', 'wordprocessingml', { 'word/document.xml': 'text' }),
    },
  ]) {
    it(`fails for one ${name}`, () => assertFails(source, 'SourceCorrupt', /damaged or incomplete/))
  }
})
