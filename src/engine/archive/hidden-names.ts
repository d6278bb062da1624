import { withOpenFile } from '../../sources/open-file.ts'

/** The number of AES in 7z (7zFormat.txt, and Methods.txt). */
const AES = Buffer.from('06f10701', 'hex')

/** The table of what is in a 7z begins with this when it is compressed or encrypted itself. */
const ENCODED_HEADER = 0x17

/** More is no table of a table. */
const MOST_HEADER_BYTES = 65_536

/**
 * Whether even the names in a 7z archive are encrypted. 7-Zip says of one that it cannot be opened, as of a damaged one, when no
 * password opens it.
 */
export function hasHiddenNames(path: string): boolean {
  return withOpenFile(path, ({ read }) => {
    const start = read(0, 32)
    if (start.length < 32) return false
    const at = Number(start.readBigUInt64LE(12))
    const length = Number(start.readBigUInt64LE(20))
    if (length > MOST_HEADER_BYTES) return false
    const header = read(32 + at, length)
    return header[0] === ENCODED_HEADER && header.includes(AES)
  })
}
