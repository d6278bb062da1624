/** The letters of Windows-1252 from 0x80 on, which are not where Unicode has them; a blank where it has none. */
const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/** The code of a letter in WinAnsiEncoding; undefined when it has none. */
export function encodeWinAnsi(letter: string): number | undefined {
  const code = letter.codePointAt(0) ?? 0
  if ((code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff)) return code
  const index = WINDOWS_1252.indexOf(letter)
  return index === -1 ? undefined : 0x80 + index
}
