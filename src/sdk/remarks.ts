import type { Rendition } from '@adobe/asset-compute-sdk'
import { REMARKS } from '../contract/event.ts'

/** As many are told of one rendition, lest its event becomes too large. */
const MOST = 20

/**
 * Tells what could not be done though a rendition is made: the log of the activation, and whoever gets its event, in its
 * metadata.
 *
 * @param sentences - those that come later are told after those before
 */
export function remark(rendition: Rendition, sentences: readonly string[]): void {
  if (sentences.length === 0) return
  for (const sentence of sentences) console.log(sentence)
  const describe = rendition.metadata.bind(rendition)
  rendition.metadata = async () => {
    const known = await describe()
    const before = known[REMARKS]
    const told = [...(Array.isArray(before) ? before : []), ...sentences]
    return { ...known, [REMARKS]: told.slice(0, MOST) }
  }
}
