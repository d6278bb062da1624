import { OperationError } from '../../../base/operation-error.ts'
import { type LegacyDocument, unreadLegacy } from '../../../packages/compound.ts'
import type { Package } from '../../../packages/package.ts'
import type { Page } from '../drawing/page.ts'
import type { PageTools } from '../page-tools.ts'
import { layOutPptx } from '../slides/lay-out-pptx.ts'
import { MAIN, writePptAsPptx } from './write-pptx.ts'

/** Pages, and the package that the pictures on them are parts of. */
export interface LaidOutPpt {
  readonly pages: readonly Page[]
  readonly parts: Package
}

/**
 * Lays out the slides of a presentation of 1997 to 2003, as what it says in the words of Office Open XML.
 *
 * @returns undefined for one whose drawings are damaged, of which there still may be its text
 * @throws {@link OperationError} when it is encrypted
 */
export async function layOutPpt(
  document: LegacyDocument,
  tools: PageTools,
): Promise<LaidOutPpt | undefined> {
  if (document.isLocked) throw unreadLegacy(document, 'an encrypted')
  const parts = readOrNothing(document)
  return parts && { pages: await layOutPptx(parts, MAIN, tools), parts }
}

function readOrNothing(document: LegacyDocument): Package | undefined {
  try {
    return writePptAsPptx(document)
  } catch (error) {
    // Whatever leads out of a stream, or out of what it is in.
    const isDamaged =
      error instanceof RangeError ||
      (error instanceof OperationError && error.code === 'source_corrupt')
    if (isDamaged) return undefined
    throw error
  }
}
