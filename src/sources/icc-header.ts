import { readFileSync, statSync } from 'node:fs'

/** What is to be known of an ICC profile before colours are converted into it. */
export interface IccHeader {
  readonly pixelType: 'rgb' | 'gray' | 'cmyk'
  /** What it calls itself; empty where it does not. */
  readonly description: string
}

/** A file is no ICC profile that colours can be converted into; the message completes the sentence "it …". */
export class UnusableProfile extends Error {
  override readonly name = 'UnusableProfile'
}

/** Those of presses have some megabytes. */
const MOST_BYTES = 32 * 1024 ** 2
const HEADER_BYTES = 128
const TAG_BYTES = 12
const MOST_TAGS = 1000

const PIXEL_TYPES: Readonly<Record<string, IccHeader['pixelType']>> = {
  'RGB ': 'rgb',
  GRAY: 'gray',
  CMYK: 'cmyk',
}

/** Those that describe what colours are shown on or stored in; an input profile tells how to read those of a camera. */
const CLASSES: ReadonlySet<string> = new Set(['mntr', 'prtr', 'spac'])

/**
 * Reads the head of an ICC profile (ICC.1, 7.2 and 7.3).
 *
 * @throws {@link UnusableProfile}
 */
export function readIccHeader(file: string): IccHeader {
  if (statSync(file).size > MOST_BYTES) {
    throw new UnusableProfile(`has more than ${MOST_BYTES / 1024 ** 2} MB`)
  }
  const bytes = readFileSync(file)
  if (bytes.length < HEADER_BYTES + 4 || bytes.toString('latin1', 36, 40) !== 'acsp') {
    throw new UnusableProfile('is no ICC profile')
  }
  if (bytes.readUInt32BE(0) > bytes.length) throw new UnusableProfile('is cut off')
  const [deviceClass, space] = [bytes.toString('latin1', 12, 16), bytes.toString('latin1', 16, 20)]
  if (!CLASSES.has(deviceClass)) {
    throw new UnusableProfile(
      `is of the class ${printable(deviceClass)}, and must be one of a screen, a printer or a colour space`,
    )
  }
  const pixelType = PIXEL_TYPES[space]
  if (pixelType === undefined) {
    throw new UnusableProfile(`is of ${printable(space)} colours, and must be of RGB, GRAY or CMYK`)
  }
  return { pixelType, description: describe(findIccTags(bytes).get('desc')) }
}

/** A file may have anything there, and sentences come into headers and logs. */
function printable(signature: string): string {
  return signature.replaceAll(/[^\w ]/g, '?').trim()
}

/**
 * The tags of an ICC profile by their names (ICC.1, 7.3).
 *
 * @throws {@link UnusableProfile} when one of them is not there
 */
export function findIccTags(bytes: Buffer): ReadonlyMap<string, Buffer> {
  if (bytes.length < HEADER_BYTES + 4) throw new UnusableProfile('is cut off')
  const count = bytes.readUInt32BE(HEADER_BYTES)
  const end = HEADER_BYTES + 4 + count * TAG_BYTES
  if (count > MOST_TAGS || end > bytes.length) throw new UnusableProfile('is damaged')
  const tags = new Map<string, Buffer>()
  for (let at = HEADER_BYTES + 4; at < end; at += TAG_BYTES) {
    const [start, length] = [bytes.readUInt32BE(at + 4), bytes.readUInt32BE(at + 8)]
    if (start + length > bytes.length) throw new UnusableProfile('is damaged')
    tags.set(bytes.toString('latin1', at, at + 4), bytes.subarray(start, start + length))
  }
  return tags
}

/** A text of version 2 in ASCII, or the first of the languages of version 4 (ICC.1:2001, 6.5.17; ICC.1:2010, 10.13). */
function describe(tag: Buffer | undefined): string {
  const type = tag?.toString('latin1', 0, 4)
  if (tag === undefined) return ''
  if (type === 'desc' && tag.length >= 12) {
    return tag.toString('latin1', 12, 12 + tag.readUInt32BE(8)).replace(/\0.*$/s, '')
  }
  if (type !== 'mluc' || tag.length < 28) return ''
  const [length, start] = [tag.readUInt32BE(20), tag.readUInt32BE(24)]
  const text = Buffer.from(tag.subarray(start, start + length - (length % 2)))
  return text.length % 2 === 0 ? text.swap16().toString('utf16le') : ''
}
