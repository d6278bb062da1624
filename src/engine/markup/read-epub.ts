import { posix } from 'node:path'
import { corruptSource } from '../../base/operation-error.ts'
import { type Package, readWhole } from '../../packages/package.ts'
import { findPart } from '../../packages/part-name.ts'
import { decodeXml } from '../../sources/charset.ts'
import { formatOfExtension } from '../../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { readBook } from '../text/epub.ts'
import { readHtml } from './read-html.ts'
import type { Block, Direction, RichText } from './rich-text.ts'

/** As much as one picture of a book may have, in bytes. */
const MOST_PICTURE_BYTES = 20_000_000

/**
 * Reads a book: its chapters in the order they are read, with their pictures.
 *
 * @throws {@link OperationError} when it is damaged or encrypted
 */
export async function readEpub(parts: Package): Promise<RichText> {
  const { chapters, title, author, language } = await readBook(parts)
  const pages = chapters.filter(({ type }) => /html/.test(type))
  const numbers = new Map(pages.map(({ name }, index) => [name, index + 1]))
  const pictures = new Map<string, string>()
  const blocks: Block[] = []
  let direction: Direction | undefined
  for (const [index, { name }] of pages.entries()) {
    const part = findPart(parts, name)
    if (part === undefined) continue
    const bytes = await readWhole(parts, part, MOST_PICTURE_BYTES)
    if (bytes === undefined) throw corruptSource('EPUB')
    await readPictures(bytes.toString('latin1'), name, parts, pictures)
    const chapter = await readHtml(decodeXml(toChunks(bytes)), {
      language: 'XHTML',
      picture: (src) => pictures.get(resolve(name, src)),
      anchor: (id) => `${index + 1}-${id}`,
      link: (href) => linkOf(href, name, numbers),
    })
    direction ??= chapter.direction
    const start = { kind: 'anchor', id: String(index + 1) } as const
    const [first, ...others] = chapter.blocks
    if (first === undefined) continue
    blocks.push('content' in first ? { ...first, content: [start, ...first.content] } : first)
    for (const block of others) blocks.push(block)
  }
  if (blocks.length === 0) throw corruptSource('EPUB')
  return { title, author, language, direction, blocks }
}

async function* toChunks(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

/** Reads what a chapter shows, since pages are read without waiting for anything. */
async function readPictures(
  page: string,
  name: string,
  parts: Package,
  pictures: Map<string, string>,
): Promise<void> {
  for (const [, , src = ''] of page.matchAll(/\s(?:src|xlink:href|href)\s*=\s*(["'])(.*?)\1/g)) {
    const path = resolve(name, Buffer.from(src, 'latin1').toString().replaceAll('&amp;', '&'))
    const part = pictures.has(path) ? undefined : findPart(parts, path)
    const id = formatOfExtension(posix.extname(path).slice(1).toLowerCase())
    if (part === undefined || id === undefined || KNOWN_FORMATS[id].group !== 'picture') continue
    const bytes = await readWhole(parts, part, MOST_PICTURE_BYTES)
    if (bytes === undefined) continue
    pictures.set(path, `data:${KNOWN_FORMATS[id].mediaType};base64,${bytes.toString('base64')}`)
  }
}

/** Where a link of a chapter leads to in the whole book. */
function linkOf(href: string, from: string, numbers: ReadonlyMap<string, number>): string {
  const [, place] = href.split('#')
  const number = numbers.get(resolve(from, href))
  if (number === undefined) return href
  return place === undefined || place === '' ? `#${number}` : `#${number}-${place}`
}

function resolve(from: string, reference: string): string {
  const path = reference.replace(/[#?].*/, '')
  const joined = posix.join(posix.dirname(from), path)
  try {
    return decodeURIComponent(joined)
  } catch {
    return joined
  }
}
