import { WRITTEN_BEHIND } from '../pdf/signatures.ts'
import { countSignatures } from '../pdf/structure/signature-count.ts'
import type { SourceKind } from './sources/kinds.ts'

/** Says of a signed PDF what becomes of its signature when something is written into it. What cannot be opened has none. */
export function tellSigned({ id }: SourceKind, path: string): readonly string[] {
  return id === 'pdf' && countSignatures(path, undefined) > 0 ? [WRITTEN_BEHIND] : []
}
