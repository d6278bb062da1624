import { slugOf } from '../../../base/slug.ts'
import { eachLine } from '../each-line.ts'
import { type Block, type Inline, plainText } from '../rich-text.ts'
import type { Places } from './write-line.ts'

/** Where links of a text lead to in it, see {@link Places}. */
export function placesWithin(blocks: readonly Block[]): Places {
  const headings = new Map<string, string>()
  const linked = new Set<string>()
  /** How many headings there are of each name: the second is called so with a 1 behind it. */
  const counts = new Map<string, number>()

  function note(content: readonly Inline[], isHeading: boolean): readonly Inline[] {
    for (const each of content) {
      const link = 'link' in each ? each.link : undefined
      if (link?.startsWith('#') === true) linked.add(link.slice(1))
    }
    if (!isHeading) return content
    const slug = slugOf(plainText(content))
    const count = counts.get(slug) ?? 0
    counts.set(slug, count + 1)
    for (const each of content) {
      if (each.kind === 'anchor') headings.set(each.id, count === 0 ? slug : `${slug}-${count}`)
    }
    return content
  }

  eachLine(blocks, note)
  return { headings, linked }
}
