import { epub } from './documents.ts'
import { useExtraction } from './extraction.ts'

const chapter = (body: string): string =>
  `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Title</title><script/></head><body>${body}</body></html>`

const encryption = (algorithm: string): string =>
  `<encryption xmlns:enc="e"><enc:EncryptedData><enc:EncryptionMethod Algorithm="${algorithm}"/></enc:EncryptedData></encryption>`

describe('text of a book', () => {
  const { assertText, assertFails } = useExtraction()

  it('has the chapters in the order they are read', () =>
    assertText(
      epub(['b.xhtml', 'a b.xhtml'], {
        'a b.xhtml': chapter('<p>second&#160;<i>one</i></p>'),
        'b.xhtml': chapter('<h1>first</h1><p/><p>line<br/>break</p>'),
        'unread.xhtml': chapter('<p>never</p>'),
      }),
      'first\nline\nbreak\n\nsecond\u00a0one\n',
    ))

  it('is read when only fonts are scrambled', () =>
    assertText(
      epub(
        ['a'],
        { a: chapter('<p>text</p>') },
        {
          'META-INF/encryption.xml': encryption('http://www.idpf.org/2008/embedding'),
        },
      ),
      'text\n',
    ))

  it('fails when it is protected', () =>
    assertFails(
      epub(
        ['a'],
        { a: 'x' },
        {
          'META-INF/encryption.xml': encryption('http://www.w3.org/2001/04/xmlenc#aes128-cbc'),
        },
      ),
      'SourceUnsupported',
      /EPUB source is encrypted/,
    ))

  it('fails when a chapter is missing', () =>
    assertFails(
      epub(
        ['a'],
        { a: chapter('') },
        {
          'OEBPS/book.opf':
            '<package><manifest><item id="a" href="gone.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
        },
      ),
      'SourceCorrupt',
      /damaged/,
    ))
})
