import type { PartOfUpload } from '../part-index.ts'

/** Below this are parts of uploads that are not put together yet, each an object of its own. */
export const PARTS = 'parts/'

/** The longest upload that is told from others, and how many parts it may have. */
const PART = /^parts\/(.+)\/([\w-]+)\.(\d{5})$/s

/** What a part of an upload to an object is called. */
export function nameOfPart(name: string, { upload, part }: PartOfUpload): string {
  return `${PARTS}${name}/${upload}.${String(part).padStart(5, '0')}`
}

/** Reads what {@link nameOfPart} has made; undefined for any other name. */
export function readPartName(text: string): (PartOfUpload & { name: string }) | undefined {
  const [, name, upload, part] = PART.exec(text) ?? []
  if (name === undefined || upload === undefined || part === undefined) return undefined
  return { name, upload, part: Number(part) }
}
