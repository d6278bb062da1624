import { type Decoder, toDecoder } from './encoding/decoder.ts'

/** The encoding that a byte order mark at the start of a file tells. */
export function readByteOrderMark(start: Uint8Array): string | undefined {
  const [first, second, third, fourth] = start
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) {
    // A text that begins with a character zero is in no encoding.
    return third === 0 && fourth === 0 ? 'utf-32le' : 'utf-16le'
  }
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return 'utf-32be'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return undefined
}

/** The encoding that the declaration at the start of an XML document names. */
export function readXmlDeclaration(start: string): string | undefined {
  return /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{1,40})/.exec(start)?.[1]
}

/** The encoding that a `meta` element at the start of a page names, as the HTML standard finds it. */
export function readMetaCharset(start: string): string | undefined {
  const page = start.replaceAll(/<!--[^]*?-->/g, '')
  return /<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(page)?.[1]
}

/** The text of bytes in pieces. What is not of the encoding becomes U+FFFD. */
export async function* decodeChunks(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<string> {
  const decoder = toDecoder(encoding) ?? new TextDecoder()
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

/** The text of an XML document in pieces, in the encoding that its start tells, or else UTF-8. */
export async function* decodeXml(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<string> {
  let decoder: Decoder | undefined
  for await (const chunk of chunks) {
    decoder ??= toXmlDecoder(chunk)
    yield decoder.decode(chunk, { stream: true })
  }
  yield decoder?.decode() ?? ''
}

function toXmlDecoder(start: Uint8Array): Decoder {
  const declared = readXmlDeclaration(Buffer.from(start.subarray(0, 256)).toString('latin1'))
  // A declaration that can be read as ASCII is not in UTF-16, whatever it says.
  const encoding = declared !== undefined && !/^utf-?16/i.test(declared) ? declared : 'utf-8'
  return toDecoder(readByteOrderMark(start) ?? encoding) ?? new TextDecoder()
}
