import { type Package, readWhole } from '../../packages/package.ts'
import type { Page, PageMark } from './drawing/page.ts'

/** As many different pictures are read for the pages of a document, and as many bytes of all together. */
const MOST_PICTURES = 300
const MOST_BYTES = 100_000_000

/** Groups within groups that are looked into. */
const MOST_LEVELS = 60

/** Reads the parts that the pictures on pages are named by; what there is not, or is too much, is left out. */
export async function readPictures(
  parts: Package,
  pages: readonly Page[],
): Promise<ReadonlyMap<string, Buffer>> {
  const names = new Set<string>()
  for (const { marks } of pages) collectNames(marks, names, 0)
  const pictures = new Map<string, Buffer>()
  let left = MOST_BYTES
  for (const name of [...names].slice(0, MOST_PICTURES)) {
    const bytes = parts.has(name) ? await readWhole(parts, name, left) : undefined
    if (bytes === undefined) continue
    left -= bytes.length
    pictures.set(name, bytes)
  }
  return pictures
}

function collectNames(marks: readonly PageMark[], names: Set<string>, level: number): void {
  for (const mark of marks) {
    if (mark.kind === 'picture') names.add(mark.name)
    if (mark.kind === 'group' && level < MOST_LEVELS) collectNames(mark.marks, names, level + 1)
  }
}
