import { writeFileSync } from 'node:fs'
import { withOpenFile } from '../../../sources/open-file.ts'
import { findAll } from './find-in-file.ts'
import type { StandInRequest } from './stand-in.ts'

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

/** The last chunk of a PNG, which is always the same. */
const PNG_END = Buffer.from('0000000049454e44ae426082', 'hex')

/** More than any preview has, in bytes. */
const MOST_BYTES = 16_000_000

/** Takes the largest PNG that stands in a file as it is: documents of Affinity end with one or two pictures of themselves. */
export function writeAffinityPreview({ path, standInPath }: StandInRequest): boolean {
  return withOpenFile(path, (file) => {
    let largest: { readonly start: number; readonly pixels: number } | undefined
    for (const start of findAll(file, PNG_SIGNATURE)) {
      const header = file.read(start + 16, 8)
      if (header.length < 8) continue
      const pixels = header.readUInt32BE(0) * header.readUInt32BE(4)
      if (largest === undefined || pixels > largest.pixels) largest = { start, pixels }
    }
    if (largest === undefined) return false
    const bytes = file.read(largest.start, MOST_BYTES)
    const end = bytes.indexOf(PNG_END)
    if (end === -1) return false
    writeFileSync(standInPath, bytes.subarray(0, end + PNG_END.length))
    return true
  })
}
