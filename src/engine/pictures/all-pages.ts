import { rm, stat } from 'node:fs/promises'
import { OperationError } from '../../base/operation-error.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { countPictures } from './count-pages.ts'
import { joinTiffs, MOST_TIFF_BYTES } from './join-tiffs.ts'
import { FORMATS } from './output-formats.ts'
import {
  type RenderOptions,
  type RenditionFile,
  type RenditionOrder,
  startRenditions,
} from './render.ts'

/** More pages than anybody scans into a file, and still quickly made. */
const MOST_PAGES = 1000

/**
 * Starts to make renditions as {@link startRenditions} does, and those with all pages of a TIFF file that are to be one as
 * well: each page is a rendition, and they are joined when all are there.
 */
export async function startWithPages(
  source: IdentifiedSource,
  orders: readonly RenditionOrder[],
  options: RenderOptions,
): Promise<readonly Promise<RenditionFile>[]> {
  const pages = source.content === 'tiff' ? await countPictures(source) : 1
  const groups = orders.map((order) => (keepsPages(order, pages) ? pagesOf(order, pages) : [order]))
  const files = startRenditions(source, groups.flat(), options)
  let begin = 0
  const made = groups.map(async (group, index) => {
    const own = files.slice(begin, begin + group.length)
    begin += group.length
    const [first] = own
    const order = orders[index]
    if (first === undefined || order === undefined) {
      const fields = { most: MOST_PAGES, of: 'pages' }
      throw new OperationError('source_exceeds_limit', fields)
    }
    return group[0] === order ? first : join(order, own, group)
  })
  void Promise.allSettled(made)
  return made
}

function keepsPages({ options }: RenditionOrder, pages: number): boolean {
  return options.format === 'tiff' && options.animated && options.page === 1 && pages > 1
}

/** None when there are too many. */
function pagesOf({ options, path }: RenditionOrder, pages: number): RenditionOrder[] {
  if (pages > MOST_PAGES) return []
  return Array.from({ length: pages }, (_, index) => ({
    options: { ...options, animated: false, page: index + 1 },
    path: `${path}.page${index + 1}`,
  }))
}

async function join(
  { path }: RenditionOrder,
  files: readonly Promise<RenditionFile>[],
  group: readonly RenditionOrder[],
): Promise<RenditionFile> {
  try {
    const pages = await Promise.all(files)
    const [first] = pages
    if (first === undefined) throw new RangeError('there is no page')
    const sizes = await Promise.all(pages.map(async (page) => (await stat(page.path)).size))
    if (sizes.reduce((sum, size) => sum + size + 1, 0) > MOST_TIFF_BYTES) {
      const { width, height } = first
      throw new OperationError('rendition_failed', { title: FORMATS.tiff.title, width, height })
    }
    joinTiffs(
      pages.map((page) => page.path),
      path,
    )
    return { ...first, path }
  } finally {
    await Promise.allSettled(files)
    await Promise.all(group.map((page) => rm(page.path, { force: true })))
  }
}
