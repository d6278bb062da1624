/** The header that is before each file in a zip file (APPNOTE 4.3.7), in bytes, without the name of that. */
const HEADER_BYTES = 30
const HEADER = Buffer.from('PK\x03\x04', 'latin1')

/** The newest version of the format, times ten, and the ways of packing that documents have. */
const LATEST_VERSION = 63
const METHODS = [0, 8]

/** Names of parts are words. */
// oxlint-disable-next-line no-control-regex -- it is these characters that tell
const NAME = /^[^\x00-\x1f\x7f]+$/

/**
 * Finds where the first file of a zip file begins that has something in front: a blank line of the script that made it, a warning,
 * the header that a form was sent with. Every program that unpacks archives passes over it.
 *
 * @returns an offset in bytes; undefined where there is no such file
 */
export function findZipStart(start: Buffer): number | undefined {
  for (let at = start.indexOf(HEADER); at >= 0; at = start.indexOf(HEADER, at + 1)) {
    if (at + HEADER_BYTES >= start.length) return undefined
    const nameBytes = start.readUInt16LE(at + 26)
    const name = start.toString('latin1', at + HEADER_BYTES, at + HEADER_BYTES + nameBytes)
    const isVersion = start.readUInt16LE(at + 4) <= LATEST_VERSION
    if (isVersion && METHODS.includes(start.readUInt16LE(at + 8)) && NAME.test(name)) return at
  }
  return undefined
}
