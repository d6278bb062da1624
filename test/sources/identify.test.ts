import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { identifyContent, identifySource } from '../../src/sources/identify.ts'
import type { Content } from '../../src/sources/signatures.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const CASES = 'test/asset-compute'

/** What the sources of the cases are by their extensions, which most of them deserve. */
const BY_EXTENSION: Readonly<Record<string, Content | undefined>> = {
  afphoto: 'affinity',
  ai: 'pdf',
  ani: 'ani',
  avif: 'avif',
  bin: undefined,
  bmp: 'bmp',
  bw: 'sgi',
  csv: 'text',
  dcm: 'dicom',
  dds: 'dds',
  dng: 'raw',
  doc: 'compound',
  docx: 'package',
  emf: 'emf',
  eps: 'eps',
  epub: 'package',
  exr: 'exr',
  fig: 'package',
  gif: 'gif',
  hdr: 'hdr',
  heic: 'heic',
  html: 'html',
  ico: 'ico',
  icns: 'icns',
  indd: 'indd',
  j2k: 'jp2',
  jp2: 'jp2',
  jpg: 'jpeg',
  jxl: 'jxl',
  kra: 'package',
  md: 'text',
  mov: 'mov',
  mp4: 'mp4',
  nef: 'raw',
  odp: 'package',
  ods: 'package',
  odt: 'package',
  ora: 'package',
  pam: 'pnm',
  pbm: 'pnm',
  pct: 'pict',
  pcx: 'pcx',
  pdf: 'pdf',
  pfm: 'pfm',
  pgm: 'pnm',
  png: 'png',
  ppt: 'compound',
  ppm: 'pnm',
  procreate: 'package',
  pptx: 'package',
  psb: 'psd',
  psd: 'psd',
  rgb: 'sgi',
  rgba: 'sgi',
  rtf: 'rtf',
  sgi: 'sgi',
  sketch: 'package',
  svg: 'svg',
  svgz: 'svg',
  tga: 'tga',
  tif: 'tiff',
  tiff: 'tiff',
  txt: 'text',
  webp: 'webp',
  wmf: 'wmf',
  xcf: 'xcf',
  xd: 'package',
  xls: 'compound',
  xlsx: 'package',
  xml: 'xml',
  zip: 'package',
}

/** The cases whose sources are called what they are not. */
const BY_CASE: Readonly<Record<string, Content | undefined>> = {
  'worker/avif-called-heic': 'avif',
  'worker/jpeg-called-png': 'jpeg',
  'worker/text-file-called-jpg': 'text',
  'worker/empty-file': undefined,
}

/** The header of an empty file of a TAR, whose signature comes with later standards only. */
function tarHeader(signature: string): Buffer {
  const header = Buffer.alloc(512)
  header.write('a.txt', 0)
  header.write('0000644\0', 100)
  header.write('        ', 148)
  header.write(signature, 257)
  const sum = header.reduce((all, byte) => all + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** The header of a TGA, of which only these matter here. */
function tgaHeader({ kind, bits }: { readonly kind: number; readonly bits: number }): Buffer {
  const header = Buffer.alloc(40)
  header.writeUInt8(kind, 2)
  header.writeUInt16LE(8, 12)
  header.writeUInt16LE(8, 14)
  header.writeUInt8(bits, 16)
  return header
}

describe('the content of a source', () => {
  const folder = useTemporaryFolder()
  const pdf = '%PDF-1.6\n1 0 obj\n<</Type/Catalog>>\nendobj\n'
  const filler = `${'abcdefgh'.repeat(300)}\n`
  const repairable: Record<string, string> = {
    'much in front': filler + pdf,
    'a header of PostScript': pdf.replace('%PDF-1.6', '%!PS-Adobe-N.n PDF-1.6'),
    'a header in small letters': pdf.replace('%PDF', '%pdf'),
    'no header': pdf.slice(pdf.indexOf('\n')),
  }
  for (const [what, start] of Object.entries(repairable)) {
    it(`is a PDF that readers repair, with ${what}`, async () => {
      assert.equal(await identifyContent(Buffer.from(start)), 'pdf')
    })
  }

  it('is no PDF for being about one, or near to one', async () => {
    const notes = Buffer.from(filler + pdf)
    assert.equal(await identifyContent(notes, { name: 'notes.txt' }), 'text')
    for (const start of [`${filler}%PDF-1.6\n`, pdf.replace('%PDF-1.6', '%FDF-1.2')]) {
      assert.equal(await identifyContent(Buffer.from(start)), 'text')
    }
  })

  const files = readdirSync(CASES, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file).startsWith('file.'))
    .toSorted()

  for (const extension of new Set(files.map(extensionOf))) {
    it(`is what it is in every case: .${extension}`, async () => {
      assert.ok(extension in BY_EXTENSION, `there is no row for .${extension}`)
      for (const file of files.filter((each) => extensionOf(each) === extension)) {
        const name = path.dirname(file)
        const wanted = name in BY_CASE ? BY_CASE[name] : BY_EXTENSION[extension]
        const { content } = await identifySource(path.join(CASES, file))
        assert.equal(content, wanted, file)
      }
    })
  }

  const starts: { title: string; start: Buffer; content: Content | undefined }[] = [
    // What the library would take for movies, pictures, sounds, programs and discs.
    ...[
      'The wide river flows.',
      'Are free lunches real?',
      'GIF is a format of pictures.',
      'BM stands for bitmap.',
      'ID3 tags are in sounds.',
      'MZ begins programs.',
      'FORMAL notice',
      'P1 and P6 are peaks.',
      'P5 10 meters',
      'PF 12 of 20',
      '#?RADIANCE of the sun',
      'gimp xcf is a format',
      'DDS | a heading',
      'icns are icons of a Mac.',
      'fig-kiwi is no fruit of mine.',
    ].map((text) => ({ title: `text: ${text}`, start: latin(text), content: 'text' as const })),
    {
      title: 'PostScript behind the end of a job',
      start: latin('\x04%!PS-Adobe-3.0'),
      content: 'eps',
    },
    { title: 'PostScript beside its preview', start: latin('\xc5\xd0\xd3\xc6'), content: 'eps' },
    {
      title: 'a drawing of Windows without its size',
      start: latin('\x01\0\t\0\0\x03'),
      content: 'wmf',
    },
    {
      title: 'a document of Figma that is no zip file',
      start: latin('fig-kiwi\x14\0\0\0'),
      content: 'fig',
    },
    { title: 'a JPEG of four bytes', start: Buffer.from('ffd8ffe0', 'hex'), content: 'jpeg' },
    { title: 'a JPEG-LS', start: Buffer.from('ffd8fff7000b08', 'hex'), content: undefined },
    {
      title: 'a PNG of its signature',
      start: Buffer.from('89504e470d0a1a0a', 'hex'),
      content: 'png',
    },
    {
      title: 'a movie without its first box',
      start: latin('\0\0\0\x08wide\0\0\x01\0mdat'),
      content: 'mov',
    },
    { title: 'a movie of M4V', start: latin('\0\0\0\x18ftypM4V \0\0\0\0mp42'), content: 'm4v' },
    { title: 'a sound of M4A', start: latin('\0\0\0\x18ftypM4A \0\0\0\0mp42'), content: 'm4a' },
    { title: 'a movie of a phone', start: latin('\0\0\0\x18ftyp3gp4\0\0\0\0isom'), content: '3gp' },
    {
      title: 'HEIC by a later brand',
      start: latin('\0\0\0\x18ftypmif1\0\0\0\0heic'),
      content: 'heic',
    },
    {
      title: 'AVIF by a later brand',
      start: latin('\0\0\0\x18ftypmif1\0\0\0\0avif'),
      content: 'avif',
    },
    { title: 'a BigTIFF', start: Buffer.from('49492b0008000000', 'hex'), content: 'tiff' },
    { title: 'a sound with tags', start: latin('ID3\x04\0\0\0\0\x7f\x7f'), content: 'mp3' },
    {
      title: 'tags without a sound',
      start: latin(`ID3\x03\0\0\0\0\0\x10${'\0'.repeat(40)}`),
      content: 'mp3',
    },
    { title: 'a wave', start: latin('RIFF\x24\0\0\0WAVEfmt '), content: 'wav' },
    {
      title: 'a wave whose size looks like a word',
      start: latin('RIFFzzzzWAVEfmt '),
      content: 'wav',
    },
    { title: 'an AVI', start: latin('RIFFzzzzAVI LIST'), content: 'avi' },
    { title: 'an AIFF', start: latin('FORMzzzzAIFFCOMM'), content: 'aiff' },
    { title: 'a compressed AIFF', start: latin('FORM\0\0\x01\0AIFCFVER'), content: 'aiff' },
    { title: 'an Ogg', start: latin(`OggS\0\x02${'\0'.repeat(22)}\x01vorbis\0\0`), content: 'ogg' },
    { title: 'Opus', start: latin(`OggS\0\x02${'\0'.repeat(22)}OpusHead`), content: 'opus' },
    { title: 'a FLAC', start: latin('fLaC\0\0\0\x22'), content: 'flac' },
    { title: 'a list of films', start: latin('#EXTM3U\nfile:///a.mp4\n'), content: 'text' },
    { title: 'a list of FFmpeg', start: latin("ffconcat version 1.0\nfile 'a'"), content: 'text' },
    {
      title: 'a mail of a text',
      start: latin(
        'Received: by a\r\nFrom: a@b.c\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx',
      ),
      content: 'mhtml',
    },
    {
      title: 'a text that nobody has sent',
      start: latin('MIME-Version: 1.0\nContent-Type: text/plain\n\nx'),
      content: 'text',
    },
    { title: 'EPS', start: latin('%!PS-Adobe-3.0 EPSF-3.0\n'), content: 'eps' },
    { title: 'RTF behind blanks', start: latin('\r\n {\\rtf1 x}'), content: 'rtf' },
    {
      title: 'an SVG in UTF-16',
      start: Buffer.from('\uFEFF<svg xmlns="http://www.w3.org/2000/svg"/>', 'utf16le'),
      content: 'svg',
    },
    {
      title: 'a compressed drawing of Windows',
      start: gzipSync(latin('\x01\0\t\0\0\x03')),
      content: 'wmf',
    },
    {
      title: 'a compressed and enhanced drawing of Windows',
      start: gzipSync(latin(`\x01\0\0\0${'\0'.repeat(36)} EMF`)),
      content: 'emf',
    },
    {
      title: 'a compressed SVG behind a long comment',
      start: gzipSync(`<!--${' '.repeat(20_000)}--><svg xmlns="http://www.w3.org/2000/svg"/>`),
      content: 'svg',
    },
    {
      title: 'a compressed JPEG',
      start: gzipSync(Buffer.from('ffd8ffe0', 'hex')),
      content: 'gzip',
    },
    { title: '7z', start: Buffer.from('377abcaf271c0004', 'hex'), content: '7z' },
    { title: 'RAR', start: Buffer.from('526172211a070100', 'hex'), content: 'rar' },
    { title: 'bzip2', start: Buffer.from('425a6839314159265359', 'hex'), content: 'bzip2' },
    { title: 'a text that begins as bzip2', start: latin('BZh9 is no archive'), content: 'text' },
    { title: 'xz', start: Buffer.from('fd377a585a000004', 'hex'), content: 'xz' },
    { title: 'TAR', start: tarHeader('ustar'), content: 'tar' },
    { title: 'a TAR without a signature', start: tarHeader(''), content: 'tar' },
    {
      title: 'a TAR without a signature and with another checksum',
      start: Buffer.from(tarHeader('').toString('latin1').replace('0', '1'), 'latin1'),
      content: undefined,
    },
    { title: 'a program', start: Buffer.from('7f454c4602010100', 'hex'), content: undefined },
    { title: 'nothing', start: Buffer.of(), content: undefined },
    { title: 'a codestream of JPEG XL', start: Buffer.from('ff0a7a11', 'hex'), content: 'jxl' },
    {
      title: 'a JPX',
      start: latin('\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjpx '),
      content: 'jp2',
    },
    { title: 'a codestream of JPEG 2000', start: Buffer.from('ff4fff51', 'hex'), content: 'jp2' },
    {
      title: 'PNM with comments',
      start: latin('P6 # of\n# a scanner\n8 8\n255\n'),
      content: 'pnm',
    },
    { title: 'PAM', start: latin('P7\n# one\nWIDTH 8\nHEIGHT 8\n'), content: 'pnm' },
    { title: 'PFM', start: latin('Pf\n8 8\n-1.0\n'), content: 'pfm' },
    { title: 'Radiance HDR', start: latin('#?RGBE\n\n-Y 8 +X 8\n'), content: 'hdr' },
    {
      title: 'Radiance HDR of a program that names itself',
      start: latin('#?AUTOPANO\nFORMAT=32-bit_rle_rgbe\n\n-Y 8 +X 8\n'),
      content: 'hdr',
    },
    { title: 'a TGA', start: tgaHeader({ kind: 10, bits: 24 }), content: 'tga' },
    { title: 'a TGA of grey', start: tgaHeader({ kind: 3, bits: 8 }), content: 'tga' },
    {
      title: 'a header of TGA with a kind that there is not',
      start: tgaHeader({ kind: 4, bits: 24 }),
      content: undefined,
    },
    {
      title: 'a header of TGA with bits that there are not',
      start: tgaHeader({ kind: 2, bits: 9 }),
      content: undefined,
    },
    { title: 'a PCX', start: Buffer.from('0a05010800000000', 'hex'), content: 'pcx' },
    {
      title: 'a PICT without what files have before it',
      start: Buffer.from('00000000000000080008001102ff0c00fffe', 'hex'),
      content: 'pict',
    },
    {
      title: 'a PICT of version 1',
      start: Buffer.concat([
        Buffer.alloc(512),
        Buffer.from('0000000000000008000811010100ff00', 'hex'),
      ]),
      content: 'pict',
    },
    { title: 'zeros', start: Buffer.alloc(1024), content: undefined },
  ]
  for (const { title, start, content } of starts) {
    it(`is ${content ?? 'nothing that is known'} for ${title}`, async () =>
      assert.equal(await identifyContent(start), content))
  }

  it('is a mail to whose header each server has added', async () => {
    const mail = folder.pathTo('mail')
    const received = 'Received: from a by b\r\n\tfor c\r\n'.repeat(400)
    writeFileSync(
      mail,
      `${received}From: a\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx`,
    )
    assert.equal((await identifySource(mail)).content, 'mhtml')
  })

  it('is what a text without characters is called', async () => {
    assert.equal(await identifyContent(Buffer.of(), { name: 'empty.csv' }), 'csv')
  })

  it('is read once, with what tells it', async () => {
    const file = path.join(CASES, 'worker/jpeg-called-png/file.png')
    const hints = { name: 'picture.png' }
    const source = await identifySource(file, hints)
    assert.deepEqual([source.path, source.content, source.hints], [file, 'jpeg', hints])
    assert.ok(source.start.length > 0 && source.start.length <= 8192)
  })
})

function extensionOf(file: string): string {
  return path.extname(file).slice(1)
}

function latin(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}
