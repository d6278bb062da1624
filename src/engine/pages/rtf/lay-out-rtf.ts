import type { Package } from '../../../packages/package.ts'
import { readChunks } from '../../../sources/read-chunks.ts'
import { layOutDocx } from '../docx/lay-out-docx.ts'
import type { Page } from '../drawing/page.ts'
import type { DocumentTools } from '../page-tools.ts'
import { MAIN, writeRtfAsDocx } from './write-docx.ts'

/** Pages, and the package that the pictures on them are parts of. */
export interface LaidOutRtf {
  readonly pages: readonly Page[]
  readonly parts: Package
}

/**
 * Lays out the pages of an RTF file, as what it says in the words of Office Open XML.
 *
 * @throws {@link OperationError} when it is damaged
 */
export async function layOutRtf(path: string, tools: DocumentTools): Promise<LaidOutRtf> {
  const parts = writeRtfAsDocx(readChunks(path), tools.count)
  return { pages: await layOutDocx(parts, MAIN, tools), parts }
}
