import { readMetaCharset, readXmlDeclaration } from '../charset.ts'
import { readPart } from '../open-file.ts'

/** Where a page names its encoding: in its first 1,024 bytes, says the HTML standard; some do so behind scripts and styles. */
const DECLARATION_BYTES = 65_536

/**
 * The encodings that a document of markup names, in the order of their weight.
 *
 * @param source - its path or its bytes
 */
export function findDeclarations(source: string | Buffer): string[] {
  const start = readPart(source, 0, DECLARATION_BYTES).toString('latin1')
  return (
    [readXmlDeclaration(start), readMetaCharset(start)]
      .filter((label) => label !== undefined)
      // What can be read as ASCII is not in UTF-16, whatever it says.
      .filter((label) => !/^(utf-?16|unicode|ucs-?2|csunicode|iso-10646-ucs-2)/i.test(label))
  )
}
