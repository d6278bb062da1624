import { IpsFault } from '../ips-fault.ts'

/** How a document says its encoding at its beginning, in letters that all encodings without a mark have alike. */
const DECLARATION = /^<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/

/** What clients declare, by what it is decoded as. */
const DECODERS: Readonly<Record<string, 'utf-8' | 'latin1'>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'latin1',
  'iso_8859-1': 'latin1',
  latin1: 'latin1',
}

/**
 * Decodes a document: by its byte order mark, else by the charset of its media type, else by its own declaration, and else as
 * UTF-8 (RFC 7303).
 *
 * @param contentType - the media type that came with it
 * @throws {@link IpsFault} `invalidXml` for another encoding, and for bytes that are not in the one it is said to have
 */
export function decodeMessage(bytes: Uint8Array, contentType: string): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return decode(bytes, 'utf-16le')
  if (first === 0xfe && second === 0xff) return decode(bytes, 'utf-16be')
  if (first === 0xef && second === 0xbb) return decode(bytes, 'utf-8')
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const charset = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType)?.[1]
  const encoding = charset ?? DECLARATION.exec(head)?.[1] ?? 'utf-8'
  const decoder = DECODERS[encoding.toLowerCase()]
  // The codes of Windows would be read as letters by what browsers call Latin-1.
  if (decoder === 'latin1') return Buffer.from(bytes).toString('latin1')
  if (decoder === 'utf-8') return decode(bytes, 'utf-8')
  throw new IpsFault(
    'invalidXml',
    `A request must be in UTF-8, in UTF-16 with a byte order mark, or in ISO-8859-1, and this one says ${JSON.stringify(encoding)}.`,
  )
}

function decode(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    throw new IpsFault('invalidXml', `The request is not in ${encoding.toUpperCase()}.`, {
      cause: error,
    })
  }
}
