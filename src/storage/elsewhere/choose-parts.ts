import type { UploadedPart } from './blobs.ts'

/**
 * The parts that an object is to be made of: those of the upload that began last, from the first on.
 *
 * @returns undefined while one before the last is missing, or there is none
 */
export function chooseParts(parts: readonly UploadedPart[]): readonly UploadedPart[] | undefined {
  const [newest] = parts.map(({ upload }) => upload).toSorted((a, b) => (a < b ? 1 : -1))
  const chosen = parts.filter(({ upload }) => upload === newest).toSorted((a, b) => a.part - b.part)
  const isWhole = chosen.length > 0 && chosen.every(({ part }, index) => part === index)
  return isWhole ? chosen : undefined
}
