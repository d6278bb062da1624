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
  describe(rendition, (known) => {
    const before = known[REMARKS]
    const told = [...(Array.isArray(before) ? before : []), ...sentences]
    return { [REMARKS]: told.slice(0, MOST) }
  })
}

/**
 * Tells more in the metadata of the event of a rendition.
 *
 * @param more - makes the members of what would be told without it
 */
export function describe(
  rendition: Rendition,
  more: (known: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): void {
  const ask = rendition.metadata.bind(rendition)
  rendition.metadata = async () => {
    const known = await ask()
    return { ...known, ...more(known) }
  }
}
