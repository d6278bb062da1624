import { openPromise } from 'yauzl'

/** What stands for the bytes from 128 on in the names of old ZIP archives (APPNOTE.TXT, appendix D), and of those of Windows. */
const UPPER_437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

/** The flag of a name in UTF-8, and the field that has it in UTF-8 besides. */
const IS_UTF8 = 0x800
const UNICODE_PATH = 0x7075

/**
 * The names in a ZIP archive that do not say their encoding, and are not in ASCII: UTF-8 when they are in that, as many
 * programs forget to say so, else that of DOS. 7-Zip goes by the language of the machine, and as WebAssembly by none.
 *
 * @returns one for each entry, undefined where 7-Zip reads it right; none at all for an archive that is damaged
 */
export async function readOldNames(path: string): Promise<readonly (string | undefined)[]> {
  const names: (string | undefined)[] = []
  try {
    const zip = await openPromise(path, { decodeStrings: false, autoClose: false })
    try {
      for await (const { fileNameRaw, generalPurposeBitFlag, extraFields } of zip.eachEntry()) {
        const isTold =
          (generalPurposeBitFlag & IS_UTF8) !== 0 ||
          extraFields.some(({ id }) => id === UNICODE_PATH)
        names.push(isTold || isAscii(fileNameRaw) ? undefined : decode(fileNameRaw))
      }
    } finally {
      zip.close()
    }
  } catch {
    // 7-Zip says what is wrong with it, or reads it all the same.
    return []
  }
  return names
}

const isAscii = (bytes: Buffer): boolean => bytes.every((byte) => byte < 0x80)

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return Array.from(bytes, toLetter).join('')
  }
}

function toLetter(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : UPPER_437.charAt(byte - 0x80)
}
