import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { textKindOf } from '../../../src/engine/text/text-kind.ts'
import { identifyContent } from '../../../src/sources/identify.ts'
import { plain } from '../../support/pictures.ts'
import { zip } from '../../support/zip.ts'
import { compound } from './compound.ts'
import { docx } from './documents.ts'
import { useExtraction } from './extraction.ts'

describe('the kind of a source', () => {
  for (const { kind, start, name, mimetype } of [
    { kind: 'PDF', start: '%PDF-1.7\n' },
    { kind: 'PDF', start: `${'junk\n'.repeat(200)}%PDF-1.4` },
    { kind: 'plain', start: `${'junk\n'.repeat(300)}%PDF-1.4` },
    { kind: 'package', start: docx(''), name: 'notes.txt', mimetype: 'text/plain' },
    { kind: 'RTF', start: '{\\rtf1 x}', name: 'letter.doc' },
    { kind: 'HTML', start: '<!DOCTYPE html>\n<p>x', name: 'unknown.bin' },
    { kind: 'HTML', start: '<!-- c --><HTML lang=en>' },
    { kind: 'HTML', start: '<p>x</p>' },
    { kind: 'HTML', start: 'words', name: 'index.HTM' },
    { kind: 'HTML', start: 'words', name: 'words.txt', mimetype: 'text/html; charset=utf-8' },
    { kind: 'HTML', start: 'words', name: 'index.html', mimetype: 'text/plain' },
    { kind: 'XHTML', start: '<?xml version="1.0"?><html xmlns="x">' },
    { kind: 'XML', start: '<?xml version="1.0"?><a/>' },
    { kind: 'XML', start: '\uFEFF<?xml version="1.0"?><a/>' },
    { kind: 'XML', start: Buffer.from('<?xml version="1.0"?><a/>', 'utf16le') },
    { kind: 'XML', start: '<note>x</note>' },
    { kind: 'XML', start: '<?xml version="1.0"?><a><svg/></a>' },
    { kind: 'plain', start: '<John> hello' },
    { kind: 'plain', start: 'a < b', mimetype: 'application/xml' },
    { kind: 'plain', start: '# Title', mimetype: 'text/markdown' },
    { kind: 'plain', start: '<h1>Title</h1>', name: 'README.md' },
    { kind: 'plain', start: 'a,b', mimetype: 'application/octet-stream' },
    { kind: 'SVG', start: '<?xml version="1.0"?><!-- c --><svg:svg xmlns:svg="x">' },
    { kind: 'SVGZ', start: gzipSync('<svg></svg>') },
    { kind: 'plain', start: gzipSync('no drawing') },
    { kind: 'SVG', start: '<!DOCTYPE svg PUBLIC "a" "b" [<!ENTITY c "d">]>\n<svg>' },
    { kind: 'compound', start: Buffer.from('d0cf11e0a1b11ae1', 'hex'), name: 'a.docx' },
    { kind: 'picture', start: Buffer.from('ffd8ffe0', 'hex'), name: 'a.txt' },
  ]) {
    const bytes = Buffer.from(start)
    it(`is ${kind} for ${JSON.stringify(bytes.toString('latin1', 0, 24))} ${name ?? ''} ${mimetype ?? ''}`, async () => {
      const hints = { name, mimetype }
      const content = await identifyContent(bytes, hints)
      assert.equal(textKindOf({ path: 'source', content, start: bytes, hints }), kind)
    })
  }
})

describe('a source', () => {
  const { assertText, assertFails } = useExtraction()

  it('has no text when it is a picture', async () =>
    assertText(await plain({ r: 1, g: 2, b: 3 }).png().toBuffer(), '', { name: 'notes.txt' }))

  for (const { name, source, sentence } of [
    {
      name: 'a program',
      source: Buffer.from('7f454c4602010100'.padEnd(4000, '0'), 'hex'),
      sentence: /DOCX, PPTX/,
    },
    {
      name: 'a zip file',
      source: zip({ 'a.txt': 'x' }),
      sentence: /a zip file that is no document/,
    },
    { name: 'an empty zip file', source: zip({}), sentence: /a zip file that is no document/ },
    {
      name: 'another package',
      source: zip({ '[Content_Types].xml': '<Types/>', 'a.xml': '<a/>' }),
      sentence: /no office document/,
    },
  ]) {
    it(`fails when it is ${name}`, () => assertFails(source, 'SourceUnsupported', sentence))
  }

  it('fails when it is another compound file', () =>
    assertFails(compound({ mail: Buffer.from('x') }), 'SourceUnsupported', /no office document/))

  it('fails when it is an empty file of an unknown kind', () =>
    assertFails('', 'SourceCorrupt', /empty/, { name: 'a.docx' }))
})
