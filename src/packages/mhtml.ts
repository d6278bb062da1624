import PostalMime, { type Email } from 'postal-mime'
import { corruptSource } from '../base/operation-error.ts'
import { findDeclarations } from '../sources/encoding/declarations.ts'
import { decoderOf, toDecoder } from '../sources/encoding/decoder.ts'
import { findEncoding } from '../sources/encoding/find-encoding.ts'

/** What is in such a file: a page, or a text where there is none, and what its header says of it. */
export type MhtmlPage = ({ readonly html: string } | { readonly text: string }) & {
  /** What a mail is about; of a page that a browser has saved, its title. */
  readonly subject: string | undefined
  /** Who has written it; undefined for what a program has saved. */
  readonly author: string | undefined
  /** When it was sent, as ISO 8601 has it. */
  readonly date: string | undefined
}

/** The header of a part that is text, with the lines that it goes on in. */
const TEXT_HEADER = /^content-type:[ \t]*text\/(?:html|plain)\b(?:[^\r\n]|\r?\n[ \t])*/gim

const CHARSET = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]+))/i

/** An encoding in which every byte is a character of its own, from here on those that are not of ASCII. */
const BYTES_ENCODING = 'x-user-defined'
const BYTES_START = 0xf700

/** What begins the header of a page that is XHTML. */
const XHTML_HEADER = /^(content-type:[ \t]*)application\/xhtml\+xml\b/gim

/** What browsers and Word name in place of who has written a page. */
const SAVED = /^<?saved by/i

/**
 * Reads a mail, or the page that is in one file with its pictures, as browsers and Word save it (RFC 2557).
 *
 * @throws {@link OperationError} when there is nothing in it
 */
export async function openMhtml(given: Buffer): Promise<MhtmlPage> {
  const bytes = Buffer.from(given.toString('latin1').replace(XHTML_HEADER, '$1text/html'), 'latin1')
  const charset = findCharset(bytes)
  const email = await PostalMime.parse(nameBytes(bytes, charset)).catch((error: unknown) => {
    throw corruptSource('MHTML', { cause: error })
  })
  const { html, text = '', subject, date, attachments } = email
  const about = { subject: subject?.trim() || undefined, author: readAuthor(email), date }
  if (html !== undefined) return { html: decodeBytes(html, charset), ...about }
  const isEmpty = email.text === undefined && attachments.length === 0
  if (isEmpty && about.author === undefined) throw corruptSource('MHTML')
  return { text: decodeBytes(text, charset), ...about }
}

function readAuthor({ from }: Email): string | undefined {
  const author = from?.name.trim() || from?.address?.trim()
  return author === undefined || SAVED.test(author) ? undefined : author
}

/** The one encoding that all parts name which name one, as far as text can be in it without marks or bytes of zero. */
function findCharset(bytes: Buffer): string | undefined {
  const labels = (bytes.toString('latin1').match(TEXT_HEADER) ?? []).flatMap((header) => {
    const [, quoted, plain] = CHARSET.exec(header) ?? []
    const named = quoted ?? plain
    return named === undefined ? [] : named.toLowerCase()
  })
  const [label] = new Set(labels).size === 1 ? labels : []
  const encoding = label === undefined ? undefined : toDecoder(label)?.encoding
  return encoding === undefined || encoding.startsWith('utf-16') ? undefined : label
}

/**
 * Has texts read byte by byte whose header names no encoding, since a page may name one itself, or that which all name: it may be
 * wrong.
 */
function nameBytes(bytes: Buffer, charset: string | undefined): Buffer {
  const named = bytes.toString('latin1').replace(TEXT_HEADER, (header) => {
    if (!CHARSET.test(header)) return `${header}; charset=${BYTES_ENCODING}`
    return charset === undefined ? header : header.replace(CHARSET, `; charset=${BYTES_ENCODING}`)
  })
  return Buffer.from(named, 'latin1')
}

/** The text of what {@link nameBytes} has had read, in the encoding that it names, or else that it is in. */
function decodeBytes(text: string, charset: string | undefined): string {
  if (/(?![\uf780-\uf7ff])[^\0-\x7f]/.test(text)) return text
  if (charset === undefined && !/[\uf780-\uf7ff]/.test(text)) return text
  const bytes = Buffer.from(text.replace(/[\uf780-\uf7ff]/g, toByte), 'latin1')
  const declared = charset === undefined ? [] : [charset]
  const encoding = findEncoding(bytes, [...declared, ...findDeclarations(bytes)])
  return decoderOf(encoding ?? 'windows-1252').decode(bytes)
}

function toByte(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) - BYTES_START)
}
