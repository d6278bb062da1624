import type { PdfFailure } from '../document.ts'
import type { PdfInfo } from '../pdf-info.ts'
import { type PlainFile, resolveArray, withPlainFile } from '../stamp/plain-file.ts'
import { MalformedPdf, readDictionary, readReference, writeDictionary } from '../stamp/syntax.ts'
import { type Update, updateFile } from '../stamp/update.ts'
import { linkPlaces } from './link-names.ts'
import type { Bookmark, Outline } from './read-outline.ts'
import { writeOutline, writeText } from './write-outline.ts'

/** What of a document a file has been made of. */
export interface BoundPart {
  readonly outline: Omit<Outline, 'outcome'>
  /** Which pages, in their order, from 1. */
  readonly pages: readonly number[]
  /** What a bookmark to it is called, above those that it has; there is none unless given. */
  readonly title: string | undefined
}

/** What became of it. */
export type Binding = { readonly outcome: 'bound' } | PdfFailure

/** Deeper than any tree of pages. */
const MOST_LEVELS = 100

/**
 * Gives a file that qpdf has put together what its documents had besides their pages: bookmarks, and links that go by names.
 *
 * @param texts - what it says of itself
 */
export function bindPages(
  path: string,
  parts: readonly BoundPart[],
  texts: PdfInfo['texts'],
): Binding {
  try {
    return withPlainFile(path, (file) => {
      const objects = readPageObjects(file)
      const count = parts.reduce((sum, { pages }) => sum + pages.length, 0)
      if (objects.length !== count) throw new MalformedPdf('pages are missing')
      const replaced: (readonly [number: number, content: string])[] = []
      const bookmarks: Bookmark[] = []
      let first = 0
      for (const { outline, pages, title } of parts) {
        const own = objects.slice(first, first + pages.length)
        bookmarks.push(...bookmarksOf({ outline, pages, title }, first))
        if (outline.names.size > 0) {
          const placed = new Map(pages.map((page, index) => [page - 1, own[index]] as const))
          const targets = Array.from({ length: outline.pages }, (_, page) => placed.get(page))
          const link = { names: outline.names, pages: targets }
          const replace: Update['replace'] = (number, content) => replaced.push([number, content])
          for (const page of own) linkPlaces(file, { replace }, page, link)
        }
        first += pages.length
      }
      if (bookmarks.length === 0 && replaced.length === 0 && Object.keys(texts).length === 0) {
        return { outcome: 'bound' as const }
      }
      const root = readReference(file.trailer.get('Root') ?? '')
      if (root === undefined) throw new MalformedPdf('there is no catalog')
      const catalog = readDictionary(file.object(root))
      const trailer = new Map(file.trailer)
      updateFile(path, { table: file.table, trailer }, (update) => {
        for (const [number, content] of replaced) update.replace(number, content)
        if (bookmarks.length > 0) {
          catalog.set('Outlines', `${writeOutline(update, bookmarks, objects)} 0 R`)
          catalog.set('PageMode', '/UseOutlines')
          update.replace(root, writeDictionary(catalog))
        }
        const entries = Object.entries(texts).map(
          ([name, text]) => [name, writeText(text)] as const,
        )
        if (entries.length > 0) trailer.set('Info', `${update.add(writeDictionary(entries))} 0 R`)
      })
      return { outcome: 'bound' as const }
    })
  } catch (error) {
    if (error instanceof MalformedPdf) return { outcome: 'corrupt' }
    throw error
  }
}

/** The numbers of the objects of all pages, in their order. */
function readPageObjects(file: PlainFile): number[] {
  const catalog = readDictionary(file.resolve(file.trailer.get('Root') ?? ''))
  const pages: number[] = []
  function walk(value: string, level: number): void {
    const number = readReference(value)
    if (number === undefined || level > MOST_LEVELS) throw new MalformedPdf('a page is no object')
    const node = readDictionary(file.object(number))
    const kids = node.get('Kids')
    if (kids === undefined) pages.push(number)
    else for (const kid of resolveArray(file, kids) ?? []) walk(kid, level + 1)
  }
  walk(catalog.get('Pages') ?? '', 0)
  return pages
}

/** The bookmarks of a part, as they are in the whole. */
function bookmarksOf({ outline, pages, title }: BoundPart, first: number): readonly Bookmark[] {
  const places = new Map(pages.map((page, index) => [page - 1, first + index] as const))
  const placed = outline.bookmarks.flatMap((each) => placeBookmark(each, places))
  if (title === undefined) return placed
  const goes = { page: first, view: '/Fit' }
  return [{ title, goes, isOpen: false, below: placed }]
}

/** A bookmark, unless neither it nor one below it goes to a page that is there. */
function placeBookmark(bookmark: Bookmark, places: ReadonlyMap<number, number>): Bookmark[] {
  const below = bookmark.below.flatMap((each) => placeBookmark(each, places))
  const { goes } = bookmark
  if (goes === undefined || 'url' in goes) {
    return goes === undefined && below.length === 0 && bookmark.below.length > 0
      ? []
      : [{ ...bookmark, below }]
  }
  const page = places.get(goes.page)
  if (page !== undefined) return [{ ...bookmark, goes: { ...goes, page }, below }]
  return below.length === 0 ? [] : [{ ...bookmark, goes: undefined, below }]
}
