import { corruptSource, OperationError } from '../../../base/operation-error.ts'
import { type LegacyDocument, unreadLegacy } from '../../../packages/compound.ts'
import { KNOWN_FORMATS } from '../../../sources/formats.ts'
import type { Flow } from '../flow.ts'
import { readDoc } from './doc.ts'
import { readPpt } from './ppt.ts'
import { readXls } from './xls.ts'

const READERS = { doc: readDoc, xls: readXls, ppt: readPpt } as const

/**
 * Writes the text of an office document of before 2007.
 *
 * @throws {@link OperationError} when it is encrypted, older than 1997 or damaged
 */
export function readLegacyText(document: LegacyDocument, flow: Flow): void {
  if (document.isLocked) throw unreadLegacy(document, 'an encrypted')
  try {
    READERS[document.id](document, flow)
  } catch (error) {
    // Whatever leads out of a stream.
    if (error instanceof RangeError && !(error instanceof OperationError)) {
      throw corruptSource(KNOWN_FORMATS[document.id].title, { cause: error })
    }
    throw error
  }
}
