import { tellBroken } from '../pdf/signatures.ts'
import type { PdfChanges } from './pdf-changes.ts'

/**
 * What is to be said of the signatures of a PDF, which hold for the file as it is.
 *
 * @param signatures - how many it has
 * @param hasChanged - whether it is another file now
 * @returns undefined when they hold, or nobody cares for them
 */
export function tellSigned(
  signatures: number,
  hasChanged: boolean,
  { optimize, colours }: Pick<PdfChanges, 'optimize' | 'colours'>,
): string | undefined {
  if (signatures === 0 || optimize?.flattenSignatures === true) return undefined
  if (hasChanged) return tellBroken()
  if (optimize === undefined && colours === undefined) return undefined
  return 'It is signed, and any change would break its signature; flattenSignatures allows that.'
}
