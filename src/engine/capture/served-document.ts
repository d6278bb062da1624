import { OperationError } from '../../base/operation-error.ts'
import { type Package, readWhole, withPackage } from '../../packages/package.ts'
import { findPart } from '../../packages/part-name.ts'
import { readChapters } from '../text/epub.ts'
import type { DocumentKind } from './document-kind.ts'
import { type ServedFile, serveBytes, serveFile, serveHtml } from './served-file.ts'

/** The files of a document, as a page sees them: nothing else is there. */
export interface ServedDocument {
  /** The paths of its pages, in their order: one, or the chapters of a book. */
  readonly pages: readonly string[]
  /** A file of it; undefined where there is none. */
  read(path: string): Promise<ServedFile | undefined>
}

/** As much as one file of a document may have, in bytes. */
export const MOST_FILE_BYTES = 100_000_000

/** What can be a page. */
const PAGE = /\.x?html?$/i

/**
 * Opens a document while `use` needs it.
 *
 * @throws {@link OperationError} when it is damaged, encrypted or not what it should be
 */
export async function withDocument<T>(
  { path, document }: { readonly path: string; readonly document: DocumentKind },
  use: (served: ServedDocument) => Promise<T>,
): Promise<T> {
  if (document === 'epub' || document === 'zip') {
    return withPackage(path, async (parts) =>
      use({
        pages: document === 'epub' ? await chaptersOf(parts) : [findStart(parts.names)],
        async read(name) {
          const part = findPart(parts, name)
          if (part === undefined) return undefined
          const body = await readWhole(parts, part, MOST_FILE_BYTES)
          return body === undefined ? undefined : serveBytes(name, body)
        },
      }),
    )
  }
  const files = new Map<string, ServedFile>()
  if (document === 'svg') {
    files.set('index.html', serveHtml(DRAWING))
    files.set('source.svg', serveFile(path, 'svg'))
  } else if (document === 'html' || document === 'xhtml') {
    files.set('index.html', serveFile(path, document))
  } else {
    files.set('index.html', serveHtml(await toHtml(path, document)))
  }
  return use({ pages: ['index.html'], read: async (name) => files.get(name) })
}

/** Loads what takes longest to load of all only where it is needed. */
async function toHtml(
  path: string,
  kind: Exclude<DocumentKind, 'epub' | 'zip' | 'svg' | 'html' | 'xhtml'>,
): Promise<string> {
  if (kind === 'docx') return (await import('./word-html.ts')).wordToHtml(path)
  if (kind === 'markdown' || kind === 'text') {
    return (await import('./text-html.ts')).textToHtml(path, kind)
  }
  return (await import('./sheets-html.ts')).sheetsToHtml(path, kind)
}

async function chaptersOf(parts: Package): Promise<string[]> {
  const chapters = await readChapters(parts)
  const pages = chapters.flatMap(({ name }) => findPart(parts, name) ?? [])
  if (pages.length > 0) return pages
  throw new OperationError('source_corrupt', { title: 'EPUB' })
}

/** The page that a site begins with: the index that is in the fewest folders, or else its only page. */
function findStart(names: readonly string[]): string {
  const pages = names.filter((name) => PAGE.test(name) && !name.startsWith('__MACOSX/'))
  const [first] = pages
    .filter((name) => /(^|\/)index\.x?html?$/i.test(name))
    .toSorted((one, other) => foldersOf(one) - foldersOf(other))
  const start = first ?? (pages.length === 1 ? pages[0] : undefined)
  if (start === undefined) throw new OperationError('site_page_missing', {})
  return start
}

function foldersOf(name: string): number {
  return name.split('/').length - 1
}

/** A drawing on a page of its own size. As a picture it runs nothing and opens nothing. */
const DRAWING = `<!doctype html><style>html,body{margin:0}img{display:block}</style><img src="source.svg" alt="">
<script>addEventListener('load', () => {
  const { naturalWidth, naturalHeight } = document.images[0]
  const style = document.createElement('style')
  style.textContent = '@page{margin:0;size:' + naturalWidth + 'px ' + naturalHeight + 'px}'
  document.head.append(style)
})</script>`
