import { isNearlyUtf8, measureUtf8 } from '../../../sources/encoding/utf-8.ts'
import { XmlError } from '../xml/element.ts'

/**
 * Decodes an XML document in UTF-8 or UTF-16, with or without a byte order mark.
 *
 * @throws {@link XmlError} when the bytes are in neither
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
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

/** An XML document begins with `<`, or with white space: a character of which UTF-16 has one byte zero. */
export function encodingOf([first, second]: Uint8Array): 'utf-16be' | 'utf-16le' | 'utf-8' {
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be'
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le'
  return 'utf-8'
}
