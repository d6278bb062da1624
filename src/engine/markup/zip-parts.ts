import JSZip from 'jszip'

/** Parts of a package by their names, in their order. */
export type PackageParts = ReadonlyMap<string, string | Uint8Array>

/** Every package of equal parts is equal. */
const DATE = new Date('2000-01-01T00:00:00Z')

/**
 * A ZIP file of some parts.
 *
 * @param stored - the part that is not compressed, as formats have it that are known by their first bytes
 */
export async function zipParts(parts: PackageParts, stored?: string): Promise<Buffer> {
  const zip = new JSZip()
  for (const [name, content] of parts) {
    const compression = name === stored ? 'STORE' : 'DEFLATE'
    zip.file(name, content, { compression, date: DATE, createFolders: false })
  }
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' })
}
