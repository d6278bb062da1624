import { IncompleteFile, type SourceBytes } from './magick-source.ts'
import type { Picture } from './picture.ts'

/** More than a header has, comments included, in bytes. */
const MOST_HEADER_BYTES = 65_536

/** What is between the words of a header, and a number. */
const GAP = String.raw`(?:\s|#[^\n]*\n)+`
const NUMBER = String.raw`(\d{1,9})`

/** Bits of black and white have no greatest value. */
const BITS = new RegExp(`^P([14])${GAP}${NUMBER}${GAP}${NUMBER}${String.raw`\s`}`)
const SAMPLES = new RegExp(
  `^P([2356])${GAP}${NUMBER}${GAP}${NUMBER}${GAP}${NUMBER}${String.raw`\s`}`,
)
const ARBITRARY = /^P7\n[^]*?ENDHDR\n/

/** The greatest value in a header of PAM, where it is 1. */
const GREATEST = /^(MAXVAL\s+)0*1(?=\s*$)/m

const PLANES: Readonly<Record<string, number>> = { 5: 1, 6: 3 }

/**
 * Finds the picture of a PBM, PGM, PPM or PAM file, which may be followed by others
 * (https://netpbm.sourceforge.net/doc/).
 *
 * @throws {@link IncompleteFile} when the file ends before its picture, or its header is damaged
 */
export function findPnm(file: SourceBytes): Picture {
  const text = file
    .read([{ start: 0, length: Math.min(file.size, MOST_HEADER_BYTES) }])
    .toString('latin1')
  const { kind, width, height, rowBytes, headerBytes, hasBitAlpha } = readHeader(text)
  if (headerBytes + height * rowBytes > file.size)
    throw new IncompleteFile('The file ends within its rows.')
  if (width < 1 || height < 1) throw new IncompleteFile('The picture has no size.')
  const end = rowBytes === 0 ? file.size : headerBytes + height * rowBytes
  const size = { width, height }
  const header = text.slice(0, headerBytes)
  const rows = { start: headerBytes, length: end - headerBytes }
  const pieces = hasBitAlpha ? widenBits(file.read([rows]), header) : [{ start: 0, length: end }]
  return { size, pieces, ...(kind && { kind }) }
}

interface Header {
  readonly kind?: 'PAM'
  readonly width: number
  readonly height: number
  /** 0 for samples that are written as words. */
  readonly rowBytes: number
  readonly headerBytes: number
  /** Whether transparency is 0 or 1, as colours are. */
  readonly hasBitAlpha?: boolean
}

/** Samples of 0 and 1 as bytes: of the former ImageMagick takes what is covered for what is clear. */
function widenBits(rows: Buffer, header: string): Picture['pieces'] {
  const wide = header.replace(GREATEST, '$1255')
  return [Buffer.from(wide, 'latin1'), rows.map((sample) => (sample === 0 ? 0 : 255))]
}

function readHeader(text: string): Header {
  const arbitrary = ARBITRARY.exec(text)
  if (arbitrary !== null) return readArbitrary(arbitrary[0])
  const [all, kind = '', across, down, greatest] = BITS.exec(text) ?? SAMPLES.exec(text) ?? []
  if (all === undefined) throw new IncompleteFile('The header is damaged.')
  const [width, height] = [Number(across), Number(down)]
  const sampleBytes = Number(greatest) > 255 ? 2 : 1
  const rowBytes = kind === '4' ? Math.ceil(width / 8) : width * sampleBytes * (PLANES[kind] ?? 0)
  return { width, height, rowBytes, headerBytes: all.length }
}

function readArbitrary(header: string): Header {
  const numberOf = (name: string): number =>
    Number(new RegExp(`^${name}\\s+(\\d{1,9})\\s*$`, 'm').exec(header)?.[1] ?? 0)
  const [width, height] = [numberOf('WIDTH'), numberOf('HEIGHT')]
  const sampleBytes = numberOf('MAXVAL') > 255 ? 2 : 1
  const planes = numberOf('DEPTH')
  const rowBytes = width * planes * sampleBytes
  const hasBitAlpha = GREATEST.test(header) && planes % 2 === 0
  if (rowBytes === 0) throw new IncompleteFile('The header is damaged.')
  return { kind: 'PAM', width, height, rowBytes, headerBytes: header.length, hasBitAlpha }
}
