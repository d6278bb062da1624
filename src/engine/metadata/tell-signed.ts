import { OperationError } from '../../base/operation-error.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { readPdfInfo } from '../pdf/pdf.ts'
import { WRITTEN_BEHIND } from '../pdf/signatures.ts'

/** Says of a signed PDF what becomes of its signature when something is written into it. What cannot be opened has none. */
export async function tellSigned(
  { path, content }: IdentifiedSource,
  signal: AbortSignal,
): Promise<{ readonly remarks?: readonly string[] }> {
  if (content !== 'pdf') return {}
  try {
    const { signatures } = await readPdfInfo({ path, password: undefined }, signal)
    return signatures > 0 ? { remarks: [WRITTEN_BEHIND] } : {}
  } catch (error) {
    if (error instanceof OperationError) return {}
    throw error
  }
}
