import { type Block, type Heading, type Inline, plainText, type RichText } from '../rich-text.ts'

/** A file of a book. */
export interface Chapter {
  readonly file: string
  readonly title: string
  readonly blocks: readonly Block[]
}

/** More are not made; the last has the rest. */
const MOST_CHAPTERS = 1000

/**
 * The chapters of a text: each begins with a heading of the highest level of which there is more than one, so that the title of a text is
 * with the first.
 */
export function chaptersOf({ blocks, title }: RichText): Chapter[] {
  const levels = blocks.flatMap((block) => (block.kind === 'heading' ? [block.level] : []))
  const level = ([1, 2, 3, 4, 5, 6] as const).find(
    (each) => levels.filter((found) => found === each).length > 1,
  )
  const parts: Block[][] = [[]]
  let hasChapter = false
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level === level) {
      // What is before the first chapter is a chapter unless it is but its title.
      const before = parts.at(-1) ?? []
      const isBegun = hasChapter || before.some(({ kind }) => kind !== 'heading')
      if (isBegun && parts.length < MOST_CHAPTERS) parts.push([])
      hasChapter = true
    }
    parts.at(-1)?.push(block)
  }
  return parts.map((part, index) => {
    const heading = part.find((block) => block.kind === 'heading')
    const named = heading === undefined ? undefined : plainText(heading.content)
    return { file: `chapter-${index + 1}.xhtml`, title: named || title || '…', blocks: part }
  })
}

/** The file that each place is in. */
export function placesOf(chapters: readonly Chapter[]): ReadonlyMap<string, string> {
  const places = new Map<string, string>()
  const find = (blocks: readonly Block[], file: string): void => {
    for (const block of blocks) {
      if ('content' in block) for (const id of anchorsOf(block.content)) places.set(id, file)
      else if (block.kind === 'quote') find(block.blocks, file)
      else if (block.kind === 'list') for (const item of block.items) find(item, file)
      else if (block.kind === 'table') {
        for (const cell of block.rows.flat()) find(cell.blocks, file)
      }
    }
  }
  for (const { blocks, file } of chapters) find(blocks, file)
  return places
}

/** A line of the table of contents, and those below it. */
export interface Entry {
  readonly title: string
  readonly href: string
  readonly below: Entry[]
}

/** The headings of a book, those of lower levels below those of higher ones. */
export function contentsOf(chapters: readonly Chapter[]): Entry[] {
  const top: Entry[] = []
  const open: { level: number; below: Entry[] }[] = [{ level: 0, below: top }]
  for (const { blocks, file, title } of chapters) {
    const headings = blocks.filter((block) => block.kind === 'heading')
    const shown = headings.filter(({ content }) => plainText(content) !== '')
    if (shown.length === 0 && (chapters.length === 1 || blocks.length > 0)) {
      top.push({ title, href: file, below: [] })
    }
    for (const heading of shown) {
      while ((open.at(-1)?.level ?? 0) >= heading.level) open.pop()
      const entry = { title: plainText(heading.content), href: hrefOf(heading, file), below: [] }
      open.at(-1)?.below.push(entry)
      open.push({ level: heading.level, below: entry.below })
    }
  }
  return top
}

function hrefOf({ content }: Heading, file: string): string {
  const [id] = anchorsOf(content)
  return id === undefined ? file : `${file}#${id}`
}

function anchorsOf(content: readonly Inline[]): string[] {
  return content.flatMap((each) => (each.kind === 'anchor' ? [each.id] : []))
}
