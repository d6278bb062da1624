import path from 'node:path'
import { getMimeType, mimes } from 'hono/utils/mime'

/** Longest name of a file on the systems of today, in bytes. */
const LONGEST_NAME_BYTES = 255

/** Sources that the service reads and hono does not know. */
const MORE_TYPES: Record<string, string> = {
  ...mimes,
  ai: 'application/illustrator',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  heic: 'image/heic',
  heif: 'image/heif',
  md: 'text/markdown',
  odp: 'application/vnd.oasis.opendocument.presentation',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odt: 'application/vnd.oasis.opendocument.text',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  psb: 'image/vnd.adobe.photoshop',
  psd: 'image/vnd.adobe.photoshop',
  sgi: 'image/sgi',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xmp: 'application/rdf+xml',
}

const UNKNOWN_TYPE = 'application/octet-stream'

/**
 * Makes of whatever somebody calls a file a name that every system takes: without a folder and control characters, and
 * of at most 255 bytes, of which the extension stays.
 *
 * @returns undefined when nothing is left
 */
export function cleanFileName(text: string): string | undefined {
  const name = (text.split(/[/\\]/).at(-1) ?? '')
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, '')
    .trim()
  return name === '' || name === '.' || name === '..' ? undefined : shorten(name)
}

function shorten(name: string): string {
  const { name: stem, ext } = path.posix.parse(name)
  const extension = Buffer.byteLength(ext) > 32 ? '' : ext
  const room = LONGEST_NAME_BYTES - Buffer.byteLength(extension)
  let characters = Array.from(extension === '' ? name : stem)
  // A character has at most four bytes.
  characters = characters.slice(0, room)
  while (Buffer.byteLength(characters.join('')) > room) characters.pop()
  return characters.join('') + extension
}

/**
 * Tells the files of a list apart by their names, also on systems where `A.png` is `a.png`: of several with one name, the
 * second becomes `a-2.png`.
 */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const { name: stem, ext } = path.posix.parse(name)
    let unique = name
    for (let number = 2; taken.has(unique.toLowerCase()); number += 1) {
      unique = `${stem}-${number}${ext}`
    }
    taken.add(unique.toLowerCase())
    return unique
  })
}

/** A media type without parameters, in small letters; undefined when it is none, or says nothing. */
export function readMediaType(text: unknown): string | undefined {
  const type = typeof text === 'string' ? (text.split(';')[0] ?? '').trim().toLowerCase() : ''
  return /^[\w.+-]{1,64}\/[\w.+-]{1,128}$/.test(type) && type !== UNKNOWN_TYPE ? type : undefined
}

/** The media type that the name of a file tells. */
export function typeOfName(name: string): string {
  return readMediaType(getMimeType(name, MORE_TYPES)) ?? UNKNOWN_TYPE
}
