import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { extractText } from '../../../src/engine/text/extract-text.ts'
import { identifySource } from '../../../src/sources/identify.ts'
import { useExtraction } from './extraction.ts'

describe('text of an RTF file', () => {
  const { folder, assertText, assertFails } = useExtraction()

  for (const { name, source, text } of [
    {
      name: 'has a line a paragraph',
      source: 'one\\par two\\line three\\par',
      text: 'one\ntwo\nthree\n',
    },
    {
      name: 'has no line ends of the file itself',
      source: 'un\r\nbroken\\par\r\n\r\nnext',
      text: 'unbroken\nnext\n',
    },
    {
      name: 'has characters with names',
      source: '\\{a\\}\\tab b\\~c\\_d\\-e\\\\ \\lquote x\\rquote\\emdash\\bullet',
      text: '{a}\tb\u00a0c\u2011de\\ ‘x’—•\n',
    },
    { name: 'has bytes of its code page', source: "\\ansicpg1251 \\'cf\\'f0\\'e8", text: 'При\n' },
    {
      name: 'has bytes of the encodings of other systems',
      source: "\\mac \\'8a {\\fonttbl{\\f1\\cpg10007 A;}{\\f2\\cpg866 B;}}\\f1 \\'80\\f2 \\'80",
      text: 'ä АА\n',
    },
    {
      name: 'has bytes of the character set of a font',
      source:
        "{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset128 Gothic;}{\\f2\\fcharset238 CE;}}\\f0\\'e9 {\\f1\\'93\\'fa\\'96\\'7b} {\\f2\\'e8}\\'e9",
      text: 'é 日本 čé\n',
    },
    {
      name: 'has the second byte of a character that is written as a letter',
      source: "{\\fonttbl{\\f1\\fcharset128 Gothic;}}\\f1 \\'83e\\'83X\\'83g",
      text: 'テスト\n',
    },
    {
      name: 'has Unicode instead of what stands in for it',
      source: "\\u8364?\\u26085\\'93\\uc2 \\u26412\\'96\\'7b{\\uc0\\u233}\\u-10179ab\\u-8704ab.",
      text: '€日本é\u{1f600}.\n',
    },
    {
      name: 'has nothing but the text',
      source:
        '{\\info{\\title T}}{\\stylesheet{\\s1 Heading;}}{\\*\\generator W;}{\\pict\\pngblip 89504e47}{\\*\\unknown x}{\\field{\\*\\fldinst HYPERLINK "u"}{\\fldrslt link}}\\bin5 }}}}}!',
      text: 'link!\n',
    },
    {
      name: 'has bytes of the code pages of DOS',
      source: "\\pc \\'84{\\fonttbl{\\f1\\cpg852 A;}}\\f1\\'be\\'a2\\'88\\'86",
      text: 'äżółć\n',
    },
    {
      name: 'has bytes of the font of letters from right to left where there are such',
      source:
        "{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset178 B;}}{\\rtlch\\af1 \\ltrch\\f0\\'e9} {\\ltrch\\f0 \\rtlch\\af1\\'e3\\'d1}",
      text: 'é مر\n',
    },
    {
      name: 'has the second byte of a character that is written as a symbol',
      source: "{\\fonttbl{\\f1\\fcharset128 Gothic;}}\\f1\\'83\\\\\\'95\\\\",
      text: 'ソ表\n',
    },
    {
      name: 'has letters in fonts of symbols as what is seen',
      source:
        "{\\fonttbl{\\f1\\fcharset2 Symbol;}{\\f2\\fnil\\fcharset2{\\*\\panose 05000000}Wingdings{\\*\\falt B};}}a{\\f1 a\\'62\\u-3999?}{\\f2 \\'fc \\u-3844?}\\'fc",
      text: 'aαβα✓ ✓ü\n',
    },
    {
      name: 'has the symbol that a field stands for, once',
      source:
        '{\\field{\\*\\fldinst SYMBOL 97 \\\\f "Symbol" \\\\s 10}{\\fldrslt\\f3 ?}}{\\field{\\*\\fldinst { SYMBOL 252 \\\\f Wingdings}}{\\fldrslt}}{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}',
      text: 'α✓7\n',
    },
    {
      name: 'has no hidden text',
      source: "a{\\v b\\tab\\'e9\\u233?}\\v c\\v0 d\\v e\\plain f",
      text: 'adf\n',
    },
    {
      name: 'has the text boxes of old programs',
      source: 'one{\\*\\do\\dobxpage\\dptxbx{\\dptxbxtext box\\par}} two\\par',
      text: 'one two\nbox\n',
    },
    { name: 'has no deleted text', source: 'a{\\deleted b}{\\deleted0 c}', text: 'ac\n' },
    {
      name: 'separates cells by tabs and rows by lines',
      source:
        'before\\par\\trowd\\cellx1\\cellx2\\intbl a\\par a2\\cell b\\cell\\trowd\\row\\trowd\\intbl\\cell d\\cell\\row\\pard after',
      text: 'before\na\na2\tb\n\td\nafter\n',
    },
    {
      name: 'has notes, text boxes and headers behind their paragraph, a header once',
      source:
        '{\\header top\\par}one{\\footnote note\\par} two{\\shp{\\*\\shpinst{\\sp{\\sn name}{\\sv value}}{\\shptxt box\\par}}{\\shprslt box}}\\par{\\header top\\par}three',
      text: 'one two\ntop\nnote\nbox\nthree\n',
    },
    {
      name: 'has notes that old readers are told to pass over',
      source: 'one{\\super\\chftn{\\*\\footnote\\chftn note}}\\par two',
      text: 'one\nnote\ntwo\n',
    },
    {
      name: 'has the Unicode version of what is there twice',
      source: '{\\upr{ansi}{\\*\\ud{\\u233?}}}',
      text: 'é\n',
    },
    { name: 'ends with its group', source: 'end}\0\0 trailing {', text: 'end\n' },
  ]) {
    it(name, () =>
      assertText(`{\\rtf1\\ansi ${source}${source.includes('trailing') ? '' : '}'}`, text),
    )
  }

  for (const [what, around] of [
    ['a byte order mark', '\ufeff'],
    ['line ends', '\r\n \r\n'],
  ] as const) {
    it(`has nothing of ${what} around it`, () =>
      assertText(`${around}{\\rtf1 words\\par}${around}`, 'words\n'))
  }

  it('is read across pieces of the file', async () => {
    const letters = "\\'e4\\u228?\\tab ".repeat(20_000)
    await assertText(`{\\rtf1 ${letters}.}`, `${'ää\t'.repeat(20_000)}.\n`)
  })

  it('has what there is of a file that ends within its text, and says so', async () => {
    const path = folder.pathTo('half.rtf')
    const textPath = folder.pathTo('half.txt')
    await writeFile(path, '{\\rtf1 one\\par {\\b two')
    assert.deepEqual(await extractText({ source: await identifySource(path), textPath }), [
      'The RTF file ends within its text: what was behind that is missing.',
    ])
    assert.equal(await readFile(textPath, 'utf8'), 'one\ntwo\n')
  })

  it('fails when it ends before its text begins', () =>
    assertFails('{\\rtf1{\\fonttbl{\\f0 Ar', 'SourceCorrupt', /RTF/))

  it('fails when groups are nested without end', () =>
    assertFails(`{\\rtf1 ${'{'.repeat(1e6)}`, 'SourceUnsupported', /4000 groups/))
})
