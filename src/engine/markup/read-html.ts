import { type Attributes, parseMarkup } from '../../packages/markup.ts'
import { createBlockBuilder } from './block-builder.ts'
import { readDirection } from './direction.ts'
import { cleanText } from './line-builder.ts'
import type { About, Direction, Mark, RichText } from './rich-text.ts'
import { safeLink, safePicture } from './safe-urls.ts'

/** What a reader does not see of a page, and how a formula was typed. */
const HIDDEN: ReadonlySet<string> = new Set(
  'script style template noscript noframes iframe object audio video canvas select textarea rp annotation annotation-xml'.split(
    ' ',
  ),
)

/** What begins and ends a paragraph, and is nothing else that matters here. */
const DIVISIONS: ReadonlySet<string> = new Set(
  `address article aside body center dd details dialog dir div dl fieldset figcaption figure footer form header hgroup
   html legend main menu nav p search section summary caption`.split(/\s+/),
)

const TAGS: readonly (readonly [Mark, string])[] = [
  ['strong', 'b strong dt'],
  ['em', 'i em cite dfn var'],
  ['underline', 'u ins'],
  ['strike', 's del strike'],
  ['sub', 'sub'],
  ['sup', 'sup'],
  ['mark', 'mark'],
  ['code', 'code kbd samp tt'],
]

const MARKS: ReadonlyMap<string, Mark> = new Map(
  TAGS.flatMap(([mark, tags]) => tags.split(' ').map((tag): [string, Mark] => [tag, mark])),
)

const LEVELS = { h1: 1, h2: 2, h3: 3, h4: 4, h5: 5, h6: 6 } as const

/** How pages and parts of books are read. */
export interface HtmlReading {
  readonly language: 'HTML' | 'XHTML'
  /** The picture that a `src` names, where it is not there as it is. */
  readonly picture?: (src: string) => string | undefined
  /** Where a link leads to in the text that this is a part of. */
  readonly link?: (href: string) => string
  /** What places of this part are called in the whole. */
  readonly anchor?: (id: string) => string
}

/**
 * Reads a page: what it says, without scripts, forms and how it looks.
 *
 * @throws {@link OperationError} when its elements are nested thousands deep
 */
export async function readHtml(
  chunks: AsyncIterable<string> | Iterable<string>,
  reading: HtmlReading,
): Promise<RichText> {
  const builder = createBlockBuilder()
  const about: { -readonly [Name in keyof About]: About[Name] } = {}
  let shown: readonly Mark[] = []
  const links: (string | undefined)[] = []
  const directions: (Direction | undefined)[] = []
  /** What has to be done when each of the open elements ends. */
  const ends: (() => void)[] = []
  let direction: Direction | undefined
  let inTitle = false
  let drawings = 0

  function openMark(mark: Mark): () => void {
    const before = shown
    if (!before.includes(mark)) shown = [...before, mark]
    return () => {
      shown = before
    }
  }

  function openLink(href: string): () => void {
    const place = href.startsWith('#') ? (reading.anchor?.(href.slice(1)) ?? href.slice(1)) : ''
    links.push(safeLink(place === '' ? (reading.link?.(href) ?? href) : `#${place}`))
    return () => void links.pop()
  }

  function addPicture(src: string, attributes: Attributes): void {
    const found = safePicture(reading.picture?.(src) ?? src)
    const alt = cleanText(attributes['alt'] ?? '').trim()
    if (found === undefined) return builder.text(alt, shown, links.at(-1))
    builder.inline({
      kind: 'picture',
      src: found,
      alt,
      width: readPixels(attributes['width']),
      height: readPixels(attributes['height']),
      link: links.at(-1),
    })
  }

  function open(name: string, attributes: Attributes): () => void {
    const mark = MARKS.get(name)
    if (name === 'dt') builder.endLine()
    if (mark !== undefined) {
      if (mark === 'code') builder.codeLanguage(attributes['class'] ?? '')
      const close = openMark(mark)
      return () => {
        close()
        if (name === 'dt') builder.endLine()
      }
    }
    if (DIVISIONS.has(name)) {
      builder.division()
      if (name === 'dd') builder.openQuote()
      return () => (name === 'dd' ? builder.close() : builder.division())
    }
    switch (name) {
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6':
        builder.openHeading(LEVELS[name])
        return () => builder.endLine()
      case 'pre':
      case 'listing':
      case 'xmp':
        builder.openCode(attributes['class'] ?? '')
        return () => builder.endLine()
      case 'blockquote':
        builder.openQuote()
        return () => builder.close()
      case 'ul':
      case 'ol':
        builder.openList(name === 'ol', Number(attributes['start'] ?? 1))
        return () => builder.close()
      case 'li':
        builder.openItem()
        return () => builder.close()
      case 'table':
        builder.openTable()
        return () => builder.close()
      case 'tr':
        builder.openRow()
        return () => builder.close()
      case 'td':
      case 'th':
        builder.openCell(name === 'th', attributes)
        return () => builder.close()
      case 'hr':
        builder.rule()
        break
      case 'br':
        builder.inline({ kind: 'break' })
        break
      case 'q':
        builder.text('“', shown, links.at(-1))
        return () => builder.text('”', shown, links.at(-1))
      case 'a':
        return openLink(attributes['href'] ?? '')
      case 'img':
        addPicture(attributes['src'] ?? '', attributes)
        break
      case 'input':
        if (attributes['type'] === 'checkbox') {
          builder.text('checked' in attributes ? '☑ ' : '☐ ', [], undefined)
        }
        break
      case 'title':
        inTitle = drawings === 0
        return () => {
          inTitle = false
        }
      case 'meta':
        if (attributes['name']?.toLowerCase() === 'author') {
          about.author ??= cleanText(attributes['content'] ?? '').trim()
        }
        break
      case 'svg':
        drawings += 1
        return () => {
          drawings -= 1
        }
      case 'image':
        addPicture(attributes['xlink:href'] ?? attributes['href'] ?? '', {})
        break
    }
    return () => undefined
  }

  await parseMarkup(
    chunks,
    {
      open(name, attributes) {
        const end = open(name, attributes)
        const { id, dir, lang, 'xml:lang': xmlLanguage } = attributes
        directions.push(readDirection(dir) ?? directions.at(-1))
        builder.direction(directions.at(-1))
        if (name === 'html') about.language = lang ?? xmlLanguage
        if (name === 'html' || name === 'body') direction = directions.at(-1)
        const place = id ?? (name === 'a' ? attributes['name'] : undefined)
        if (place !== undefined && place !== '') {
          builder.inline({ kind: 'anchor', id: reading.anchor?.(place) ?? place })
        }
        ends.push(end)
      },
      close() {
        ends.pop()?.()
        directions.pop()
        builder.direction(directions.at(-1))
      },
      text(text) {
        if (inTitle) about.title = `${about.title ?? ''}${cleanText(text)}`
        else if (drawings === 0) builder.text(text, shown, links.at(-1))
      },
    },
    { language: reading.language, skip: HIDDEN },
  )
  return {
    ...about,
    title: about.title?.replace(/\s+/g, ' ').trim(),
    direction,
    blocks: builder.finish(),
  }
}

/** A length in pixels, as the attributes of pictures have it. */
function readPixels(value: string | undefined): number | undefined {
  const pixels = /^\s*(\d{1,5})(px)?\s*$/.exec(value ?? '')?.[1]
  return pixels === undefined || Number(pixels) === 0 ? undefined : Number(pixels)
}
