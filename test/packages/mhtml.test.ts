import assert from 'node:assert/strict'
import { openMhtml } from '../../src/packages/mhtml.ts'

const MAIL =
  'From: Anna <anna@example.org>\r\nSubject: =?utf-8?Q?Gr=C3=B6=C3=9Fe?=\r\nDate: Mon, 30 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n'

function mail(type: string, content: Buffer | string, header = MAIL): Buffer {
  return Buffer.concat([Buffer.from(`${header}${type}\r\n\r\n`), Buffer.from(content)])
}

const saved = (boundary: string): string =>
  `From: <Saved by Blink>\r\nSubject: Harbour\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=${boundary}\r\n`

describe('a mail or a page in one file', () => {
  for (const { what, type, bytes, text } of [
    {
      what: 'in the encoding that is named',
      type: 'text/plain; charset=iso-8859-1',
      bytes: Buffer.from('Größe', 'latin1'),
      text: 'Größe',
    },
    {
      what: 'in UTF-8 though ASCII is named',
      type: 'text/plain; charset=us-ascii',
      bytes: Buffer.from('Größe und Länge'),
      text: 'Größe und Länge',
    },
    {
      what: 'in the encoding that it is in though UTF-8 is named',
      type: 'text/plain; charset="utf-8"',
      bytes: Buffer.from('Größe und Länge', 'latin1'),
      text: 'Größe und Länge',
    },
    {
      what: 'in a code page of DOS',
      type: 'text/plain; charset=cp850',
      bytes: Buffer.from('Gr\x94\xe1e', 'latin1'),
      text: 'Größe',
    },
    {
      what: 'in UTF-7',
      type: 'text/plain; charset=utf-7',
      bytes: Buffer.from('Gr+APYA3w-e +- +Z3FOrA'),
      text: 'Größe + 東京',
    },
    {
      what: 'in letters that are told by escape characters',
      type: 'text/plain; charset=iso-2022-jp',
      bytes: Buffer.from('\x1b$BEl5~\x1b(B', 'latin1'),
      text: '東京',
    },
    {
      what: 'where it is nothing but what is attached',
      type: 'application/pdf',
      bytes: Buffer.from('%PDF-1.4'),
      text: '',
    },
    { what: 'where there is none', type: 'text/plain', bytes: Buffer.of(), text: '' },
  ]) {
    it(`has its text ${what}`, async () => {
      const page = await openMhtml(mail(`Content-Type: ${type}`, bytes))
      assert.ok('text' in page)
      assert.equal(page.text.trim(), text)
    })
  }

  it('tells what a mail is about, who has sent it and when', async () => {
    const { subject, author, date } = await openMhtml(mail('Content-Type: text/plain', 'x'))
    assert.deepEqual([subject, author, date], ['Größe', 'Anna', '2026-11-30T09:00:00.000Z'])
  })

  it('has no author where a browser has saved it, and may be XHTML', async () => {
    const part = '--b\r\nContent-Type: application/xhtml+xml\r\n\r\n<html>x</html>\r\n--b--\r\n'
    const page = await openMhtml(Buffer.from(`${saved('b')}\r\n${part}`))
    assert.equal(page.author, undefined)
    assert.equal('html' in page && page.html.trim(), '<html>x</html>')
  })

  it('is damaged where nothing is in a page that was saved', () =>
    assert.rejects(openMhtml(Buffer.from(`${saved('b')}\r\n--b`)), { code: 'source_corrupt' }))
})
