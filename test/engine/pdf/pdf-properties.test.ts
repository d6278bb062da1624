import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { qpdf } from '../../../src/engine/pdf/qpdf/qpdf.ts'
import {
  type PdfProperties,
  readProperties,
} from '../../../src/engine/pdf/structure/pdf-properties.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { pdfOfObjects, streamOf } from './pdf-files.ts'

const PACKET = `<x:xmpmeta xmlns:x="adobe:ns:meta/">${'packet '.repeat(40)}</x:xmpmeta>`

/** A document of two pages that has a packet. */
function document({
  info = '/Title(Quay plan)/Author(Harbour Office)',
  kids = '3 0 R 4 0 R',
  count = 2,
  metadata = streamOf(PACKET, '/Type/Metadata/Subtype/XML'),
} = {}): Buffer {
  return pdfOfObjects([
    '<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R>>',
    `<</Type/Pages/Kids[${kids}]/Count ${count}>>`,
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>',
    metadata,
    `<<${info}>>`,
  ])
}

describe('what a PDF says of itself', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()

  function read(content: Uint8Array, password?: string): PdfProperties | undefined {
    const path = folder.pathTo('document.pdf')
    writeFileSync(path, content)
    return readProperties(path, password)
  }

  function assertWhole(said: PdfProperties | undefined): void {
    assert.deepEqual(
      [said?.texts.get('Title'), said?.texts.get('Author'), said?.pages],
      ['Quay plan', 'Harbour Office', 2],
    )
    assert.equal(said?.packet?.toString(), PACKET)
    assert.deepEqual(said?.unread, [])
  }

  /** Has qpdf write the document in another way. */
  async function rewrite(...args: readonly string[]): Promise<Buffer> {
    const [from, to] = [folder.pathTo('from.pdf'), folder.pathTo('to.pdf')]
    writeFileSync(from, document())
    await qpdf([{ path: from }, { path: to }, ...args], undefined, undefined)
    return readFileSync(to)
  }

  const ways: Record<string, readonly string[]> = {
    'as it is': [],
    'with streams of objects': ['--object-streams=generate'],
    'for slow connections': ['--linearize', '--object-streams=generate'],
  }
  for (const [way, args] of Object.entries(ways)) {
    it(`is read of a file that is written ${way}`, async () => {
      assertWhole(read(await rewrite(...args)))
    })
  }

  const ciphers: Record<string, readonly string[]> = {
    'RC4 of 40 bits': ['40'],
    'RC4 of 128 bits': ['128', '--use-aes=n'],
    'RC4 by a crypt filter': ['128', '--force-V4'],
    'AES of 128 bits': ['128', '--use-aes=y'],
    'AES of 128 bits, but for the packet': ['128', '--use-aes=y', '--cleartext-metadata'],
    'AES of 256 bits': ['256'],
    'AES of 256 bits as Acrobat 9 has it': ['256', '--force-R5'],
    'AES of 256 bits, but for the packet': ['256', '--cleartext-metadata'],
  }
  for (const [cipher, [bits = '', ...args]] of Object.entries(ciphers)) {
    const encrypt = (user: string): Promise<Buffer> =>
      rewrite(
        '--allow-weak-crypto',
        '--object-streams=generate',
        '--encrypt',
        `--user-password=${user}`,
        '--owner-password=öwner',
        `--bits=${bits}`,
        ...args,
        '--',
      )
    it(`is decrypted, with or without a password: ${cipher}`, async () => {
      assertWhole(read(await encrypt('')))
      const locked = await encrypt('pässwörd')
      for (const password of ['pässwörd', 'öwner']) assertWhole(read(locked, password))
      for (const password of [undefined, 'wrong']) {
        const said = read(locked, password)
        assert.equal(said?.security, 'locked')
        const isPacketOpen = args.includes('--cleartext-metadata')
        assert.deepEqual(said?.unread, isPacketOpen ? ['properties'] : ['properties', 'packet'])
      }
    })
  }

  const whole = document()
  const text = whole.toString('latin1')
  const end = text.lastIndexOf('startxref')
  const repaired: Record<string, string> = {
    'a line in front': `\n${text}`,
    'a printer’s lines in front': `\u001b%-12345X@PJL JOB\n${text}`,
    'more than a kilobyte in front': `X-Filler: ${'abcdefgh'.repeat(300)}\n${text}`,
    'a header of PostScript': text.replace('%PDF-1.6', '%!PS-Adobe-3.0 PDF-1.4'),
    'a trailer that leads to the pages': text.replace('/Root 1', '/Root 2'),
    'a page of HTML behind': `${text}<html>${'x'.repeat(5000)}</html>`,
    'zeros behind': text + '\0'.repeat(70_000),
    'ends of lines for Windows': text.replaceAll('\n', '\r\n'),
    'no place of its table': text.slice(0, end),
    'a wrong place of its table': `${text.slice(0, end)}startxref\n3\n%%EOF\n`,
    'wrong places in its table': text.replaceAll(/\d{10} 00000 n/g, '0000000033 00000 n'),
    'no trailer': text.slice(0, text.indexOf('xref\n')).replace('/Title', '/Kept 1/Title'),
  }
  for (const [damage, file] of Object.entries(repaired)) {
    it(`is found in a file that readers repair: ${damage}`, () => {
      const said = read(Buffer.from(file, 'latin1'))
      assert.equal(said?.pages, 2)
      assert.equal(said?.packet?.toString().trim().replaceAll('\r', ''), PACKET)
      if (damage !== 'no trailer') assert.equal(said?.texts.get('Title'), 'Quay plan')
    })
  }

  const lonePages: Record<string, readonly [from: string, to: string]> = {
    'that is one page': ['/Pages 2', '/Pages 3'],
    'whose one page stands there without an array': ['[3 0 R 4 0 R]', ' 3 0 R '],
  }
  for (const [what, change] of Object.entries(lonePages)) {
    it(`counts the page of a tree ${what}`, () => {
      const said = read(Buffer.from(text.replace(...change), 'latin1'))
      assert.deepEqual([said?.pages, said?.texts.get('Title')], [1, 'Quay plan'])
    })
  }

  it('is found in a repaired file whose objects are in streams, encrypted ones among them', async () => {
    const streams = ['--object-streams=generate']
    const encrypted = [...streams, '--encrypt', '', 'owner', '256', '--']
    for (const args of [streams, encrypted]) {
      const file = await rewrite(...args)
      assertWhole(read(Buffer.concat([Buffer.from('\n'), file])))
    }
  })

  it('is that of the newest update', () => {
    const previous = Number(
      text
        .slice(end + 'startxref'.length)
        .trim()
        .split(/\s/)[0],
    )
    const table = text.length + Buffer.byteLength('6 0 obj\n<</Title(Newer)>>\nendobj\n')
    const update = `6 0 obj\n<</Title(Newer)>>\nendobj\nxref\n6 1\n${String(text.length).padStart(10, '0')} 00000 n \ntrailer\n<</Size 7/Root 1 0 R/Info 6 0 R/Prev ${previous}>>\nstartxref\n${table}\n%%EOF\n`
    const said = read(Buffer.from(text + update, 'latin1'))
    assert.deepEqual([said?.texts.get('Title'), said?.isRepaired], ['Newer', false])
  })

  const strings: Record<string, readonly [Buffer, string]> = {
    'UTF-16': [Buffer.from('\ufeffGröße 東京', 'utf16le').swap16(), 'Größe 東京'],
    'UTF-16 the other way round': [Buffer.from('\ufeffGröße', 'utf16le'), 'Größe'],
    'UTF-8 as PDF 2.0 has it': [Buffer.from('\ufeffGröße 東京'), 'Größe 東京'],
    'UTF-8 that does not say so': [Buffer.from('Größe 東京'), 'Größe 東京'],
    PDFDocEncoding: [Buffer.from('Gr\u00f6\u00dfe \u0080 \u00a0 \u0093', 'latin1'), 'Größe • € ﬁ'],
    'a language that is named': [
      Buffer.from('\ufeff\u001bdeDE\u001bGröße', 'utf16le').swap16(),
      'Größe',
    ],
  }
  for (const [encoding, [bytes, expected]] of Object.entries(strings)) {
    it(`is in any encoding: ${encoding}`, () => {
      const said = read(document({ info: `/Title<${bytes.toString('hex')}>` }))
      assert.equal(said?.texts.get('Title'), expected)
    })
  }

  it('has its escapes undone, be they of letters or of ends of lines', () => {
    const said = read(
      document({ info: String.raw`/Title(a\(b\)(c)\101\n\\)/Author(a\040` + '\\\nb)' }),
    )
    assert.deepEqual([said?.texts.get('Title'), said?.texts.get('Author')], ['a(b)(c)A\n\\', 'a b'])
  })

  const packed = deflateSync(PACKET)
  const packets: Record<string, string> = {
    deflated: streamOf(packed.toString('latin1'), '/Filter/FlateDecode'),
    'deflated without a checksum': streamOf(
      packed.subarray(0, -4).toString('latin1'),
      '/Filter/FlateDecode',
    ),
    'in digits': streamOf(`${Buffer.from(PACKET).toString('hex')}>`, '/Filter[/ASCIIHexDecode]'),
    'in digits, deflated': streamOf(
      `${packed.toString('hex')}>`,
      '/Filter[/AHx/Fl]/DecodeParms[null null]',
    ),
    'of a wrong length': streamOf(PACKET).replace(/Length \d+/, 'Length 7'),
  }
  for (const [way, metadata] of Object.entries(packets)) {
    it(`has a packet that is kept in any way: ${way}`, () => {
      assert.equal(read(document({ metadata }))?.packet?.toString(), PACKET)
    })
  }

  const trees: Record<string, { kids?: string; count?: number; pages: number }> = {
    none: { count: 0, pages: 2 },
    'too many': { count: 99, pages: 2 },
    'fewer than none': { count: -2, pages: 2 },
    'and leads to itself': { kids: '3 0 R 2 0 R 4 0 R', pages: 2 },
    'and has a page twice': { kids: '3 0 R 4 0 R 3 0 R', pages: 3 },
  }
  for (const [lie, { pages, ...tree }] of Object.entries(trees)) {
    it(`has as many pages as there are, whatever its tree says: ${lie}`, () => {
      assert.equal(read(document(tree))?.pages, pages)
    })
  }

  it('tells what there is and cannot be read from what there is not', () => {
    const lost = document({ metadata: streamOf('no deflate', '/Filter/FlateDecode') })
    assert.deepEqual(read(lost)?.unread, ['packet'])
    const dangling = Buffer.from(text.replace('/Info 6 0 R', '/Info 9 0 R'), 'latin1')
    assert.deepEqual(read(dangling)?.unread, ['properties'])
    assert.deepEqual(read(document({ info: '' }))?.unread, [])
  })

  it('is none of a file without a catalog or pages', () => {
    assert.equal(read(Buffer.from('%PDF-1.7\n')), undefined)
    assert.equal(read(document({ kids: '' })), undefined)
  })
})
