import { toDecoder } from '../../../sources/encoding/decoder.ts'
import { isNearlyUtf8, measureUtf8 } from '../../../sources/encoding/utf-8.ts'
import { XmlError } from '../xml/element.ts'

/**
 * Decodes an XML document in UTF-8, UTF-16 or UTF-32, with or without a byte order mark.
 *
 * @throws {@link XmlError} when the bytes are in neither
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    const encoding = utf32Of(bytes) ?? encodingOf(bytes)
    return toDecoder(encoding, { fatal: true })?.decode(bytes) ?? ''
  } catch {
    throw new XmlError('it is not in UTF-8')
  }
}

/**
 * Decodes an XML document of a source, whose writer may have known nothing of UTF-8: bytes that are not of it are mistakes
 * among others that are, or else Windows-1252.
 */
export function decodeSourceText(bytes: Uint8Array): string {
  try {
    return decodeText(bytes)
  } catch {
    const encoding = isNearlyUtf8(measureUtf8([bytes])) ? 'utf-8' : 'windows-1252'
    return new TextDecoder(encoding).decode(bytes)
  }
}

/** A character of which UTF-32 has three bytes zero, or a byte order mark. */
function utf32Of(bytes: Uint8Array): 'utf-32be' | 'utf-32le' | undefined {
  const [first, second, third, fourth] = bytes
  const isMarked = first === 0xff && second === 0xfe
  if (first === 0 && second === 0 && (third === 0 || third === 0xfe)) return 'utf-32be'
  if (third !== 0 || fourth !== 0) return undefined
  return second === 0 || isMarked ? 'utf-32le' : undefined
}

/** An XML document begins with `<`, or with white space: a character of which UTF-16 has one byte zero. */
export function encodingOf([first, second]: Uint8Array): 'utf-16be' | 'utf-16le' | 'utf-8' {
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be'
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le'
  return 'utf-8'
}
