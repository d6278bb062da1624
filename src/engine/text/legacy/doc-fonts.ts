/** Where the name of a font is, behind how it looks ([MS-DOC] 2.9.86). */
const NAME = 39

/** Reads the names of the fonts of a document, in the order of their numbers. */
export function readFonts(table: Buffer): string[] {
  const fonts: string[] = []
  let at = 4
  while (at < table.length) {
    const end = at + 1 + table.readUInt8(at)
    const [name = ''] = table
      .subarray(at + 1 + NAME, end)
      .toString('utf16le')
      .split('\0')
    fonts.push(name)
    at = end
  }
  return fonts
}
