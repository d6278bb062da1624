import type { Package } from './package.ts'

/** The upper half of code page 437, which names in a ZIP are read in that are not said to be in UTF-8. */
const UPPER_HALF =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

/** What a package calls a part: its name, or what is read of that where a program wrote UTF-8 and did not say so; undefined when it has none. */
export function findPart(parts: Pick<Package, 'has'>, name: string): string | undefined {
  return [name, misread(name)].find((each) => parts.has(each))
}

function misread(name: string): string {
  return Array.from(Buffer.from(name), (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : UPPER_HALF.charAt(byte - 0x80),
  ).join('')
}
