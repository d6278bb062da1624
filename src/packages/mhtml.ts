import PostalMime from 'postal-mime'
import { corruptSource } from '../base/operation-error.ts'
import { readMetaCharset } from '../sources/charset.ts'
import { decoderOf } from '../sources/encoding/decoder.ts'
import { isNearlyUtf8, measureUtf8 } from '../sources/encoding/utf-8.ts'

/** What is in such a file: a page, or a text where there is none. */
export type MhtmlPage = { readonly html: string } | { readonly text: string }

/** The header of a part that is text, with the lines that it goes on in. */
const TEXT_HEADER = /^content-type:[ \t]*text\/(?:html|plain)\b(?:[^\r\n]|\r?\n[ \t])*/gim

/** An encoding in which every byte is a character of its own, from here on those that are not of ASCII. */
const BYTES_ENCODING = 'x-user-defined'
const BYTES_START = 0xf700

/**
 * Reads the page that is in one file with its pictures, as browsers and Word save it (RFC 2557).
 *
 * @throws {@link OperationError} when there is no page in it
 */
export async function openMhtml(bytes: Buffer): Promise<MhtmlPage> {
  const { html, text } = await PostalMime.parse(nameBytes(bytes)).catch((error: unknown) => {
    throw corruptSource('MHTML', { cause: error })
  })
  if (html !== undefined) return { html: decodeBytes(html) }
  if (text === undefined) throw corruptSource('MHTML')
  return { text: decodeBytes(text) }
}

/** Has a text whose header names no encoding read byte by byte, since the page may name one itself. */
function nameBytes(bytes: Buffer): Buffer {
  const named = bytes
    .toString('latin1')
    .replace(TEXT_HEADER, (header) =>
      /charset/i.test(header) ? header : `${header}; charset=${BYTES_ENCODING}`,
    )
  return Buffer.from(named, 'latin1')
}

/** The text of what {@link nameBytes} has had read, in the encoding that it names, or else that it is in. */
function decodeBytes(text: string): string {
  if (!/[\uf780-\uf7ff]/.test(text) || /(?![\uf780-\uf7ff])[^\0-\x7f]/.test(text)) return text
  const bytes = Buffer.from(text.replace(/[\uf780-\uf7ff]/g, toByte), 'latin1')
  const usual = isNearlyUtf8(measureUtf8([bytes])) ? 'utf-8' : 'windows-1252'
  return decoderOf(readMetaCharset(bytes.toString('latin1')) ?? usual).decode(bytes)
}

function toByte(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) - BYTES_START)
}
