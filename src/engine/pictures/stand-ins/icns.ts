import { writeFileSync } from 'node:fs'
import { corruptSource, OperationError } from '../../../base/operation-error.ts'
import { KNOWN_FORMATS } from '../../../sources/formats.ts'
import { type OpenFile, readPart, withOpenFile } from '../../../sources/open-file.ts'
import { encodePng } from './encode-png.ts'
import { isShownPicture } from './shown-picture.ts'
import type { StandInRequest } from './stand-in.ts'

/** How the pixels of an icon are written: a file, colours a plane each and shortened, or a bit a pixel. */
type Coding = 'file' | 'rgb' | 'argb' | 'bits'

/** An element of an ICNS file that is a picture. */
interface IconFacts {
  /** Width and height, in pixels. */
  readonly side: number
  readonly coding: Coding
  /** The element that has its transparency. */
  readonly mask?: string
}

/** By their four letters. A file is a PNG or a JPEG 2000; some letters stand for either that or shortened planes. */
const ICONS: Readonly<Record<string, IconFacts>> = {
  ic10: { side: 1024, coding: 'file' },
  ic14: { side: 512, coding: 'file' },
  ic09: { side: 512, coding: 'file' },
  ic13: { side: 256, coding: 'file' },
  ic08: { side: 256, coding: 'file' },
  ic07: { side: 128, coding: 'file' },
  it32: { side: 128, coding: 'rgb', mask: 't8mk' },
  icp6: { side: 64, coding: 'file' },
  ic12: { side: 64, coding: 'file' },
  ih32: { side: 48, coding: 'rgb', mask: 'h8mk' },
  'ich#': { side: 48, coding: 'bits' },
  icsB: { side: 36, coding: 'argb' },
  icp5: { side: 32, coding: 'rgb', mask: 'l8mk' },
  ic11: { side: 32, coding: 'file' },
  ic05: { side: 32, coding: 'argb' },
  il32: { side: 32, coding: 'rgb', mask: 'l8mk' },
  'ICN#': { side: 32, coding: 'bits' },
  icsb: { side: 18, coding: 'argb' },
  icp4: { side: 16, coding: 'rgb', mask: 's8mk' },
  ic04: { side: 16, coding: 'argb' },
  is32: { side: 16, coding: 'rgb', mask: 's8mk' },
  'ics#': { side: 16, coding: 'bits' },
}

/** More elements than any icon has. */
const MOST_ELEMENTS = 1000

/** More than any of them has, in bytes. */
const MOST_BYTES = 32_000_000

/**
 * Takes or decodes the largest picture of an ICNS file that can be read.
 *
 * @throws {@link OperationError} source_corrupt when the file ends within one, source_feature_unsupported when none of them
 *   is in a format that is read here
 */
export async function writeLargestIcon({ path, standInPath }: StandInRequest): Promise<boolean> {
  const elements = withOpenFile(path, readElements)
  const icons = [...elements]
    .flatMap(([type, place]) => {
      const facts = Object.hasOwn(ICONS, type) ? ICONS[type] : undefined
      return facts === undefined ? [] : [{ ...facts, place }]
    })
    .toSorted((one, other) => other.side - one.side)
  if (icons.length === 0) return false
  const read = ({ start, length }: Place): Buffer => readPart(path, start, length)
  for (const { place, ...icon } of icons) {
    const mask = elements.get(icon.mask ?? '')
    const picture = await decodeIcon(read(place), icon, mask && read(mask))
    if (picture === undefined) continue
    writeFileSync(standInPath, picture)
    return true
  }
  throw new OperationError('source_feature_unsupported', {
    feature: 'icons alone that are in a format which is not read here',
  })
}

/** Where an element is in the file. */
interface Place {
  readonly start: number
  readonly length: number
}

function readElements(file: OpenFile): ReadonlyMap<string, Place> {
  const elements = new Map<string, Place>()
  let at = 8
  for (let left = MOST_ELEMENTS; at + 8 <= file.size && left > 0; left -= 1) {
    const head = file.read(at, 8)
    const length = head.readUInt32BE(4)
    if (length < 8 || at + length > file.size) throw corruptSource(KNOWN_FORMATS.icns.title)
    const type = head.toString('latin1', 0, 4)
    if (length <= MOST_BYTES) elements.set(type, { start: at + 8, length: length - 8 })
    at += length
  }
  return elements
}

/** An icon as a file; undefined when it is in a format that is not read here, or damaged. */
async function decodeIcon(
  bytes: Buffer,
  { side, coding }: IconFacts,
  mask: Buffer | undefined,
): Promise<Buffer | undefined> {
  if (await isShownPicture(bytes)) return bytes
  const size = { width: side, height: side }
  const count = side * side
  const pixels = Buffer.alloc(count * 4, 255)
  if (coding === 'bits') {
    if (bytes.length < count / 8) return undefined
    for (let index = 0; index < count; index++) {
      // A bit is black; those of the mask, which come behind, say what is not seen through.
      pixels.fill(bitAt(bytes, index) ? 0 : 255, index * 4, index * 4 + 3)
      pixels[index * 4 + 3] = bytes.length < count / 4 || bitAt(bytes, count + index) ? 255 : 0
    }
    return encodePng({ ...size, channels: 4, pixels })
  }
  const planes = planesOf(bytes, coding, count)
  if (planes === undefined) return undefined
  const [alpha, ...colours] = coding === 'argb' ? planes : [mask, ...planes]
  for (let index = 0; index < count; index++) {
    for (const [channel, plane] of colours.entries()) {
      pixels[index * 4 + channel] = plane?.[index] ?? 0
    }
    pixels[index * 4 + 3] = alpha === undefined ? 255 : (alpha[index] ?? 255)
  }
  return encodePng({ ...size, channels: 4, pixels })
}

function bitAt(bytes: Buffer, index: number): boolean {
  return ((bytes[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0
}

/** Four zeros come before the planes of the largest of them. */
const NOTHING = Buffer.alloc(4)

/** The planes of an icon, shortened or not; undefined when there are not as many bytes as it takes. */
function planesOf(
  bytes: Buffer,
  coding: 'rgb' | 'argb' | 'file',
  count: number,
): Buffer[] | undefined {
  if (coding === 'file') return undefined
  const isMarked = coding === 'argb' && bytes.toString('latin1', 0, 4) === 'ARGB'
  const isPadded = count === 128 * 128 && bytes.subarray(0, 4).equals(NOTHING)
  const packed = isMarked || isPadded ? bytes.subarray(4) : bytes
  const planes = coding === 'argb' ? 4 : 3
  if (coding === 'rgb' && packed.length === count * 4) {
    // Not shortened they are a pixel after the other, with a byte that means nothing.
    return [1, 2, 3].map((channel) =>
      Buffer.from(Array.from({ length: count }, (_, at) => packed[at * 4 + channel] ?? 0)),
    )
  }
  const whole = unpack(packed, count * planes)
  return (
    whole &&
    Array.from({ length: planes }, (_, index) => whole.subarray(index * count, (index + 1) * count))
  )
}

/** Up to 128 bytes as they are, or 3 to 130 times the same one. */
function unpack(packed: Buffer, length: number): Buffer | undefined {
  const bytes = Buffer.alloc(length)
  let at = 0
  let done = 0
  while (done < length) {
    const head = packed[at]
    if (head === undefined) return undefined
    const run = head & 0x80 ? head - 125 : head + 1
    if (head & 0x80) bytes.fill(packed[at + 1] ?? 0, done, Math.min(length, done + run))
    else packed.copy(bytes, done, at + 1, Math.min(at + 1 + run, at + 1 + length - done))
    at += head & 0x80 ? 2 : run + 1
    done += run
  }
  return bytes
}
