import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { Parser } from 'htmlparser2'
import { convertMarkup, type MarkupFormat } from '../../../src/engine/markup/convert-markup.ts'
import type { MarkupSource } from '../../../src/engine/markup/read-markup.ts'
import { readWhole, withPackage } from '../../../src/packages/package.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const DOT =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** What a text in Markdown has, and what remains of it by way of any other format. */
const KEPT = `---
title: "Über: a test"
author: Jörg Ärger
lang: de
---

# Titel *kursiv*

**fett *und kursiv* gemischt**, \`code\` und [Link](<https://example.com/a_(b)?x=1&y=2>), H<sub>2</sub>O.\\
Zweite \\*Zeile\\* 1 < 2 \\<b>, siehe [oben](#titel-kursiv), ~~weg~~ 😀 中文

- eins
  1. tief
  2. tiefer
- zwei

\`\`\`
a = \`x\`

  <b>
\`\`\`

> Zitat

| A | B |
| --- | --- |
| 1 \\| 2 | **x** |

## שלום עולם

![Ein Punkt](${DOT})
`

const TARGETS: readonly MarkupFormat[] = ['md', 'html', 'docx', 'epub']
const SOURCE_OF = { md: 'markdown', html: 'html', docx: 'docx', epub: 'epub' } as const

async function partsOf(bytes: string | Buffer): Promise<Map<string, string>> {
  return withPackage(Buffer.from(bytes), async (parts) => {
    const found = new Map<string, string>()
    for (const name of parts.names) {
      found.set(name, (await readWhole(parts, name, 1e6))?.toString() ?? '')
    }
    return found
  })
}

function page(charset: string): string {
  return `<meta charset="${charset}"><p>Grüße`
}

describe('texts that become each other', function () {
  this.timeout(60_000)
  const folder = useTemporaryFolder()

  async function convert(
    source: string | Buffer,
    from: MarkupSource,
    to: MarkupFormat,
  ): Promise<string | Buffer> {
    const path = folder.pathTo('source')
    await writeFile(path, source)
    return convertMarkup(path, from, to)
  }

  for (const by of TARGETS) {
    it(`keep headings, lists, code, tables, links, pictures and what is known of them as ${by}`, async () => {
      const made = await convert(KEPT, 'markdown', by)
      const again = await convert(made, SOURCE_OF[by], 'md')
      assert.equal(again.toString(), KEPT)
    })
  }

  for (const by of ['html', 'epub'] as const) {
    it(`keep merged cells, languages of code and nested quotes as ${by}`, async () => {
      const source =
        '<table><tr><th>h</th><th>i</th></tr><tr><td rowspan="2">r</td><td>c</td></tr><tr><td>x</td></tr></table><pre><code class="language-js">x()</code></pre><blockquote>a<blockquote>b</blockquote></blockquote>'
      const made = await convert(await convert(source, 'html', by), SOURCE_OF[by], 'html')
      assert.match(made.toString(), /<td rowspan="2">r<\/td><td>c<\/td><\/tr>\n<tr><td>x<\/td>/)
      assert.match(made.toString(), /<code class="language-js">/)
      assert.match(made.toString(), /<blockquote>\n<p>a<\/p>\n<blockquote>/)
    })
  }

  const READ: readonly (readonly [MarkupSource, string, RegExp])[] = [
    ['text', 'a *b*\nc\n\n1. d', /<p>a \*b\*<br\/>c<\/p>\n<p>1\. d<\/p>/],
    ['text', 'مرحبا', /<p dir="rtl">مرحبا<\/p>/],
    ['html', '<html dir="rtl"><p>a<p>b', /<html dir="rtl">[^]*<p dir="rtl">a<\/p>/],
    ['html', '<p>a<script>x()</script><img src=x onerror=x()>', /<p>a<img src="x" alt=""\/><\/p>/],
    ['html', '<a href=" java\nscript:x()">a</a>', /<p>a<\/p>/],
    ['html', '<a href="data:text/html,x">a</a><img src="file:///etc/passwd" alt=b>', /<p>ab<\/p>/],
    ['html', '<h2><div>a</div></h2><ul><li>b<li>c</ul>', /<h2 id="a">a<\/h2>\n<ul>\n<li>b<\/li>/],
    ['html', '<p>&lt;b&gt;&amp;amp;', /<p>&lt;b&gt;&amp;amp;<\/p>/],
    ['html', '<h1>a</h1><h1>a</h1><a href="#a">b</a>', /id="a">[^]*id="a-1">[^]*href="#a"/],
    ['xhtml', '<html xmlns="http://www.w3.org/1999/xhtml"><p/>a<br/>b</html>', /<p>a<br\/>b<\/p>/],
    ['markdown', '- [x](y)\n\n  | a |\n  |---|\n', /<li><p><a href="y">x<\/a><\/p>\n<table>/],
    ['markdown', 'a[^1]\n\n[^1]: b', /<a href="#fn1"><sup>\[1\]<[^]*<span id="fn1"><\/span>b /],
    ['markdown', 'a[^x]\n\n[^1]: b', /<p>a\[\^x\]<\/p>\s*<\/body>/],
    ['markdown', '---\na: *b\n---\n', /<h2 id="a-b">a: \*b<\/h2>/],
  ]
  for (const [from, source, expected] of READ) {
    it(`are read as they are meant: ${JSON.stringify(source)}`, async () => {
      assert.match((await convert(source, from, 'html')).toString(), expected)
    })
  }

  it('are the same in whatever encoding', async () => {
    const latin = await convert(Buffer.from(page('iso-8859-1'), 'latin1'), 'html', 'md')
    const utf16 = await convert(Buffer.from('\uFEFFGrüße', 'utf16le'), 'text', 'md')
    assert.deepEqual([latin, utf16], ['Grüße\n', 'Grüße\n'])
  })

  for (const to of TARGETS) {
    it(`keep notes, and links to them and back, as ${to}`, async () => {
      const made = await convert('a[^n] b\n\n[^n]: c *d*\n\n    e', 'markdown', to)
      const html = (await convert(made, SOURCE_OF[to], 'html')).toString()
      const [, link = ''] = /<a href="#([^"]+)">(?:<sup>)?\[1\]/.exec(html) ?? []
      assert.ok(link !== '' && html.includes(`id="${link}"`), html)
      assert.match(html, /c <em>d<\/em>[^]*e <a href="#/)
    })
  }

  const MARKDOWN: readonly (readonly [string, string])[] = [
    ['<p>1. a<br>- b<br># c<br>> d<br>+ e', '1\\. a\\\n\\- b\\\n\\# c\\\n\\> d\\\n\\+ e\n'],
    ['<ul><li>a</ul><ul><li>b</ul>', '- a\n\n<!-- -->\n\n- b\n'],
    ['<p><code>`a`</code><code> </code>', '`` `a` ``\n'],
    [
      '<table><tr><td colspan=2>a<p>b</p><tr><td>c<td>d',
      '|  |  |\n| --- | --- |\n| a<br>b |  |\n| c | d |\n',
    ],
    ['<p>a<b> b </b>c', 'a **b** c\n'],
    [
      '<img src="https://example.com/a b.png" alt="x]">',
      '![x\\]](<https://example.com/a b.png>)\n',
    ],
  ]
  for (const [html, expected] of MARKDOWN) {
    it(`are Markdown that says the same: ${html}`, async () => {
      assert.equal(await convert(html, 'html', 'md'), expected)
    })
  }

  it('are books whose files are well-formed and all there', async () => {
    const source = `<title>A &amp; B</title><p id="x">before</p><h1>One</h1><p>a<br><img src="${DOT}"></p><h2>Below</h2><h1>Two</h1><p><a href="#x">back</a><a href="#no">nowhere</a><a href="beside.html">beside</a> <img src="https://example.com/p.png" alt="elsewhere"></p>`
    const book = await convert(source, 'html', 'epub')
    assert.equal(Buffer.from(book).toString('latin1', 30, 58), 'mimetypeapplication/epub+zip')
    const parts = await partsOf(book)
    const pages = ['EPUB/chapter-1.xhtml', 'EPUB/chapter-2.xhtml', 'EPUB/chapter-3.xhtml']
    assert.deepEqual(
      [...parts.keys()],
      [
        'mimetype',
        'META-INF/container.xml',
        'EPUB/package.opf',
        'EPUB/nav.xhtml',
        ...pages,
        'EPUB/picture-1.png',
        'EPUB/style.css',
      ],
    )
    for (const name of [...pages, 'EPUB/nav.xhtml', 'EPUB/package.opf']) {
      const implied: string[] = []
      const parser = new Parser(
        { onclosetag: (tag, isImplied) => void (isImplied && implied.push(tag)) },
        { xmlMode: true, recognizeSelfClosing: false },
      )
      parser.end(parts.get(name)?.replace(/<[^>]*\/>/g, ''))
      assert.deepEqual(implied, [], name)
    }
    assert.match(
      parts.get('EPUB/nav.xhtml') ?? '',
      /chapter-2\.xhtml#one">One<\/a>\n<ol>\n<li><a href="chapter-2\.xhtml#below">[^]*chapter-3\.xhtml#two">Two/,
    )
    assert.match(
      parts.get('EPUB/chapter-3.xhtml') ?? '',
      /<p><a href="chapter-1\.xhtml#x">back<\/a>nowherebeside <a href="https:\/\/example\.com\/p\.png">elsewhere<\/a><\/p>/,
    )
  })

  it('are letters with the styles that Word knows', async () => {
    const source = `<h2>One</h2><ol start="3"><li>a<ul><li>b</ul></ol><p dir="rtl">שלום</p><table><tr><th>h<tr><td>c</table><img src="${DOT}" width="2000" alt="wide">`
    const parts = await partsOf(await convert(source, 'html', 'docx'))
    const text = parts.get('word/document.xml') ?? ''
    for (const expected of [
      '<w:pStyle w:val="Heading2"/>',
      '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>',
      '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>',
      '<w:pPr><w:bidi/></w:pPr>',
      '<w:trPr><w:tblHeader/></w:trPr>',
      // 604 pixels, as wide as the text of a page.
      '<wp:extent cx="5753100" cy="5753100"/>',
      'descr="wide"',
    ]) {
      assert.ok(text.includes(expected), expected)
    }
    assert.match(parts.get('word/numbering.xml') ?? '', /<w:startOverride w:val="3"\/>/)
  })

  const HOSTILE: readonly (readonly [string, MarkupSource, string])[] = [
    ['elements within each other', 'html', '<b><div><ul><li>'.repeat(900)],
    ['quotes within each other', 'markdown', `${'>'.repeat(5000)} x`],
    ['brackets that nothing closes', 'markdown', '['.repeat(10_000)],
    ['notes within notes', 'markdown', '^['.repeat(3000)],
    ['one note for all', 'markdown', `${'[^1] '.repeat(3000)}\n\n[^1]: x`],
    ['headings of one name', 'markdown', '# x\n\n'.repeat(2000)],
    [
      'cells as large as they can be',
      'html',
      `<table><tr>${'<td rowspan=65534 colspan=1000>x'.repeat(50)}${'<tr><td>y'.repeat(200)}`,
    ],
    [
      'entities of entities',
      'xhtml',
      `<!DOCTYPE html [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}">]><html xmlns="http://www.w3.org/1999/xhtml">${'&b;'.repeat(1000)}</html>`,
    ],
  ]
  for (const [what, from, source] of HOSTILE) {
    it(`are made of ${what} in their time`, async () => {
      for (const to of TARGETS) {
        assert.ok((await convert(source, from, to)).length < 20_000_000)
      }
    })
  }
})
