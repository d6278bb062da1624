import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { skipWithout } from '../../support/tools.ts'
import { useExtraction } from './extraction.ts'

const JAPANESE = '日本語の文章です。これは文字コードを判定するための、少し長めのテキストです。\n'
const RUSSIAN =
  'Съешь же ещё этих мягких французских булок, да выпей чаю. Это обычный русский текст.\n'
const CZECH =
  'Příliš žluťoučký kůň úpěl ďábelské ódy. Šťastný nový rok přeje všem občanům česká televize.\n'
const FRENCH =
  'Les élèves français déjeunaient à la cafétéria près de l’école, où il gelait déjà.\n'
const CHINESE = '这是一个中文文本，用于测试编码检测。我们希望结果是正确的。\n'
const TAIWANESE = '這是一個中文文本，用於測試編碼檢測。我們希望結果是正確的。\n'
const KOREAN = '이것은 한국어 텍스트입니다. 문자 인코딩을 검사하기 위한 문장입니다.\n'

/** Texts in encodings that nothing names, by what Python calls the encodings. */
const TEXTS = [
  ['utf-8', CZECH],
  ['utf-8-sig', CZECH],
  ['utf-16', RUSSIAN],
  ['utf-16-le', FRENCH],
  ['utf-16-be', RUSSIAN],
  ['cp1252', FRENCH],
  ['iso-8859-2', CZECH],
  ['cp1250', CZECH],
  ['shift_jis', JAPANESE],
  ['euc-jp', JAPANESE],
  ['iso-2022-jp', JAPANESE],
  ['gb18030', CHINESE],
  ['big5', TAIWANESE],
  ['euc-kr', KOREAN],
  ['koi8-r', RUSSIAN],
  ['cp1251', RUSSIAN],
  ['cp866', RUSSIAN],
  ['cp1253', 'Ξεσκεπάζω την ψυχοφθόρα βδελυγμία. Αυτό είναι ένα κείμενο στα ελληνικά.\n'],
  ['cp1255', 'דג סקרן שט בים מאוכזב ולפתע מצא חברה. זה טקסט בעברית לבדיקה.\n'],
  ['mac_roman', FRENCH],
  ['mac_roman', 'Größe und Länge, für Müller\n'],
  ['mac_cyrillic', RUSSIAN],
  ['iso-8859-5', RUSSIAN],
  ['cp1250', 'Zażółć gęślą\n'],
  ['cp1251', 'Договор поставки\n'],
  ['utf-16-le', CHINESE],
  ['utf-16-be', CHINESE],
  ['utf-16-le', TAIWANESE],
  ['utf-16-le', JAPANESE],
  ['utf-16-be', KOREAN],
  ['utf-16-le', 'Договор\n'],
  ['utf-16-be', 'שלום\n'],
  ['utf-32', RUSSIAN],
  ['utf-32-le', FRENCH],
  ['utf-32-be', CHINESE],
  ['utf-16-le', 'عزيزي العميل\n'],
  ['utf-16-le', 'Hi\n'],
  ['utf-16-be', '12345\n'],
  ['utf-16-le', '😀😀 party\n'],
  ['cp1250', 'Kedves Ügyfelünk! A csomagot hétfőn küldjük.\n'],
  ['cp1250', 'Ďakujeme za objednávku, tovar príde v pondelok.\n'],
  ['cp1250', 'Dragi kupče, narudžba će stići u četvrtak.\n'],
  ['cp1254', 'Sayın müşterimiz, siparişiniz kargoya verildi.\n'],
  ['cp1254', 'ad;şehir\nAyşe;İzmir\nGökhan;Muğla\n'],
  ['cp1257', 'Gerbiamas kliente, Jūsų užsakymas išsiųstas.\n'],
  ['cp1257', 'Rīgā šodien līst, bet rīt būs saulains.\n'],
  ['cp1251', 'Поръчката ви е изпратена.\n'],
  ['iso-8859-6', 'سيعقد الاجتماع يوم الثلاثاء في المكتب\n'],
  ['cp850', 'Größe und Länge der Geräte, Straße in Zürich.\n'],
  ['cp437', 'El niño comió piña en la montaña. ¡Mañana!\n'],
  ['cp850', 'Überraschung im Büro\n'],
  ['cp850', 'C:\\DIR> Übersicht der Aufträge\n╔══╗\n'],
  ['cp852', 'Zażółć gęślą jaźń, dzień dobry.\n'],
  ['cp852', 'A magyar szöveg őrzi az ékezeteket, az ű és ő betűket.\n'],
  ['cp857', 'Ürünleriniz hazırlanıyor; lütfen bekleyiniz.\n'],
  ['cp737', 'Η συνάντηση θα γίνει την Τρίτη στο γραφείο.\n'],
  ['cp1252', '½ cup, 3 × 4 µm, 21 °C ± 2, 50 £ – “ok” ©\n'],
  ['euc-jp', '名前,都市\n田中,東京\n'],
  ['gbk', '姓名,城市\n王伟,北京\n'],
  ['big5', '台北市\n'],
  ['cp949', '서울시\n'],
] as const

function encode(text: string, encoding: string): Buffer {
  const script =
    'import sys; sys.stdout.buffer.write(sys.stdin.buffer.read().decode().encode(sys.argv[1]))'
  return execFileSync('python3', ['-c', script, encoding], { input: text })
}

describe('the encoding of a text', () => {
  const { extract, assertText, assertFails } = useExtraction()
  const encoded: Buffer[] = []

  before(function () {
    skipWithout(this, 'Python')
    for (const [encoding, text] of TEXTS) encoded.push(encode(text, encoding))
  })

  for (const [index, [encoding, text]] of TEXTS.entries()) {
    it(`is found when it is ${encoding}: ${text.slice(0, 12)}`, () =>
      assertText(encoded[index] ?? '', text))
  }

  for (const [what, wrong] of [
    ['a letter of Latin-1', Buffer.from('caf\xe9', 'latin1')],
    ['a character that is cut off', Buffer.from('東', 'utf8').subarray(0, 2)],
    ['a zero as Java writes it', Buffer.from([0xc0, 0x80])],
    ['a character as Oracle writes it', Buffer.from('eda0bdedb880', 'hex')],
  ] as const) {
    for (const name of ['notes.txt', 'table.csv', 'notes.md']) {
      it(`is UTF-8 though ${what} is in ${name}`, async () => {
        const text = await extract(
          Buffer.concat([Buffer.from('Größe\n'), wrong, Buffer.from('\n東京\n')]),
          { name },
        )
        assert.match(text, /^Größe\n.*\ufffd.*\n東京\n$/)
      })
    }
  }

  for (const [what, page] of [
    ['behind 5 KB of script', `<html><head><script>${'x = 1;'.repeat(1000)}</script>@<p>мир`],
    ['as UTF-16, in which it is not', '<html><meta charset="utf-16"><p>мир'],
    ['as what means UTF-16', '<html><meta charset="unicode"><p>мир'],
  ] as const) {
    it(`is the one that a page names ${what}`, () => {
      const late = page.replace('@', '<meta charset="windows-1251">')
      return assertText(late === page ? late : encode(late, 'cp1251'), 'мир\n')
    })
  }

  it('is the one that is named though a byte is not of it', async () => {
    const page = Buffer.concat([
      Buffer.from('<html><meta charset="utf-8"><p>Größe caf'),
      Buffer.of(0xe9),
      Buffer.from(' 東京'),
    ])
    assert.equal(await extract(page), 'Größe caf\ufffd 東京\n')
  })

  it('is not the one that is named where all of it is plainly UTF-8', () =>
    assertText(
      '<html><meta charset="iso-8859-1"><p>Größe für alle Geräte',
      'Größe für alle Geräte\n',
    ))

  it('is not one that a comment names, nor one of bytes that mean nothing', async () => {
    const page = '<html><!-- <meta charset="koi8-r"> --><meta charset="windows-1251"><p>мир'
    await assertText(encode(page, 'cp1251'), 'мир\n')
    await assertText('<html><meta charset="x-user-defined"><p>мир', 'мир\n')
  })

  for (const label of ['ibm850', 'cp850', 'IBM00850', '850']) {
    it(`is a code page of DOS that is named ${label}`, () =>
      assertText(encode('µ ½ ─ ß\n', 'cp850'), 'µ ½ ─ ß\n', { encoding: label }))
  }

  it('is none of the zeros that fill up the end', () =>
    assertText(Buffer.concat([Buffer.from('Größe'), Buffer.alloc(40)]), 'Größe\n'))

  it('is the one that the request names', () =>
    assertText(encode('Größe\n', 'cp850'), 'Gr\u201d\u00e1e\n', { encoding: 'windows-1252' }))

  it('is the one that the media type names', () =>
    assertText(encode('żółw\n', 'iso-8859-2'), 'żółw\n', {
      mimetype: 'text/plain; charset="ISO-8859-2"',
    }))

  it('is the one that a page names', () =>
    assertText(
      encode(
        '<html><meta http-equiv=content-type content="text/html; charset=iso-8859-2"><p>żółw',
        'iso-8859-2',
      ),
      'żółw\n',
    ))

  it('is the one that an XML declaration names', () =>
    assertText(encode('<?xml version="1.0" encoding="KOI8-R"?><a>мир</a>', 'koi8-r'), 'мир\n'))

  it('is the one of the byte order mark rather than the one that is named', () =>
    assertText(Buffer.from('\uFEFFÄpfel', 'utf16le'), 'Äpfel\n', { encoding: 'utf-8' }))

  for (const { name, encoding } of [
    { name: 'does not fit', encoding: 'utf-8' },
    { name: 'nobody knows', encoding: 'klingon' },
    { name: 'needs two bytes a character', encoding: 'utf-16' },
  ]) {
    it(`is found when the one that is named ${name}`, () =>
      assertText(encode(RUSSIAN, 'koi8-r'), RUSSIAN, { encoding }))
  }

  it('is what is likely when there is little to guess from', () =>
    assertText(Buffer.from('caf\xe9 na\xefve\n', 'latin1'), 'café naïve\n'))

  it('is found far behind the start', () =>
    assertText(
      Buffer.concat([Buffer.from('plain\n'.repeat(50_000)), encode(JAPANESE, 'shift_jis')]),
      'plain\n'.repeat(50_000) + JAPANESE,
    ))

  it('is UTF-8 when a character is cut by the end of a piece', () =>
    assertText(`a${'ü'.repeat(100_000)}`, `a${'ü'.repeat(100_000)}\n`))

  for (const { name, bytes } of [
    {
      name: 'numbers',
      bytes: Buffer.from(Array.from({ length: 9000 }, (_, n) => (n * n * 7) % 256)),
    },
    { name: 'zeros', bytes: Buffer.alloc(500) },
    {
      name: 'text before data',
      bytes: Buffer.concat([Buffer.from('#!/bin/sh\n'), Buffer.alloc(50, 1)]),
    },
  ]) {
    it(`is none of ${name}, whatever the file is called`, () =>
      assertFails(bytes, 'SourceUnsupported', /no text in any encoding/, { name: 'notes.txt' }))
  }
})

describe('plain text', () => {
  const { assertText, extract } = useExtraction()

  for (const { name, source, text } of [
    {
      name: 'keeps its lines as they are',
      source: '  a  b \n\n\n* c\t\n',
      text: '  a  b \n\n\n* c\n',
    },
    { name: 'has line ends of one kind', source: 'a\r\nb\rc\u2028d\fe', text: 'a\nb\nc\nd\ne\n' },
    {
      name: 'has no control characters',
      source: 'a\u0007b\u001bc\ufeffd\u0085e',
      text: 'abcd\ne\n',
    },
    { name: 'has composed letters', source: 'u\u0308 \u1112\u1161\u11ab', text: 'ü 한\n' },
    { name: 'is empty without any visible character', source: ' \n\t\n', text: '' },
    { name: 'is empty when it has no characters', source: '', text: '' },
    { name: 'ends with one line end', source: 'a\n\n\n', text: 'a\n' },
    { name: 'has halves of characters replaced', source: '\\ud800', text: '\\ud800\n' },
  ]) {
    it(name, () => assertText(source, text, { name: 'notes.txt' }))
  }

  it('has composed letters wherever it is cut', async () => {
    const letters = 'u\u0308'.repeat(100_000)
    const text = await extract(letters, { name: 'notes.txt' })
    assert.equal(text, `${'ü'.repeat(100_000)}\n`)
  })

  it('has line ends of one kind wherever it is cut', async () => {
    const text = await extract('\r\n'.repeat(100_000) + '.', { name: 'notes.txt' })
    assert.equal(text, `${'\n'.repeat(100_000)}.\n`)
  })

  for (const name of ['notes.md', 'table.csv', 'page.txt']) {
    it(`is what ${name} says, with its markup`, () =>
      assertText('<p align="center">a,b</p>\n', '<p align="center">a,b</p>\n', { name }))
  }
})
