import { slugOf } from '../../base/slug.ts'
import { eachLine } from './each-line.ts'
import { type Block, type Inline, plainText } from './rich-text.ts'

/**
 * Gives every heading a place that links lead to, as most programs that show Markdown name it, every place a name of its own that
 * XML takes, and leaves out links to places that are not there.
 */
export function settleLinks(blocks: readonly Block[]): readonly Block[] {
  /** The names of places, by what the source calls them. */
  const names = new Map<string, string>()
  const taken = new Set<string>()
  /** How many places have a name that begins so, which need not be looked for again. */
  const counts = new Map<string, number>()

  function nameOf(id: string): string {
    const base = /^[\p{L}_]/u.test(id) ? id : `_${id}`
    const clean = base.replace(/[^\p{L}\p{N}_.-]/gu, '-')
    let more = counts.get(clean) ?? 0
    let name = more === 0 ? clean : `${clean}-${more}`
    for (; taken.has(name); name = `${clean}-${more}`) more += 1
    counts.set(clean, more + 1)
    taken.add(name)
    return name
  }

  function place(content: readonly Inline[]): Inline[] {
    return content.flatMap((each): Inline[] => {
      if (each.kind !== 'anchor') return [each]
      // Of two places of one name links lead to the first.
      if (names.has(each.id)) return []
      const id = nameOf(each.id)
      names.set(each.id, id)
      return [{ kind: 'anchor', id }]
    })
  }

  const placed = eachLine(blocks, place)
  const named = eachLine(placed, (content, isHeading) => {
    if (!isHeading || content.some(({ kind }) => kind === 'anchor')) return content
    const slug = slugOf(plainText(content))
    const id = nameOf(slug === '' ? 'section' : slug)
    if (!names.has(slug)) names.set(slug, id)
    return [{ kind: 'anchor', id }, ...content]
  })
  return eachLine(named, (content) =>
    content.map((each) => {
      if (each.kind !== 'text' && each.kind !== 'picture') return each
      if (each.link?.startsWith('#') !== true) return each
      const name = names.get(decode(each.link.slice(1)))
      return { ...each, link: name === undefined ? undefined : `#${name}` }
    }),
  )
}

function decode(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
