import { link, realpath, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { ServiceError } from '../../../../base/errors.ts'
import { refuseFullDisk } from '../../../../base/full-disk.ts'
import type { Log } from '../../../../base/log.ts'
import type { CountPages } from '../../../../image-pool/render-job.ts'
import { KNOWN_FORMATS } from '../../../../sources/formats.ts'
import type { Asset } from '../../catalogue/asset.ts'
import { refuse } from '../../scene7-dialect.ts'
import { bringHere } from '../../serving/bring-original.ts'
import { baseNameOf, fileNameOf } from '../assets/ips-asset.ts'
import type { KnownAsset } from '../assets/ips-assets.ts'
import { ipsTypeOf } from '../assets/ips-type.ts'
import { IpsFault } from '../ips-fault.ts'
import { nameOfPicture } from './entry-names.ts'
import { type ExportFormat, wayOf } from './exportable.ts'
import type { createMakePicture } from './make-picture.ts'

const PDF = KNOWN_FORMATS.pdf.mediaType

/** A file of an export before it is in the ZIP. */
export interface ExportEntry {
  readonly file: string
  /** As it would be called if no other one were. */
  readonly name: string
}

/** What came of an asset: its files, of which a PDF has one a page, or why there is none. */
export type ExportOutcome =
  | {
      readonly outcome: 'exported'
      readonly entries: readonly ExportEntry[]
      readonly message: string
    }
  | { readonly outcome: 'left' | 'failed'; readonly message: string }

/** How assets of an export are taken. */
export interface EntryWish {
  readonly fmt: ExportFormat
  readonly query: string
  /** For what is made on the way. */
  readonly folder: string
  readonly mostPixels: number
  /** Is told of each file how many bytes it has. @throws {@link IpsFault} when that is too much */
  readonly take: (size: number) => void
  readonly signal: AbortSignal
}

/** What files of exports are made with. */
export interface EntryTools {
  readonly makePicture: ReturnType<typeof createMakePicture>
  readonly countPages: CountPages
  readonly log: Pick<Log, 'error'>
}

/**
 * Makes the files of an asset. What is wrong with it is told, as the others go on; a full disk is thrown.
 *
 * @throws the signal's reason when it aborts, and what `take` throws
 */
export async function exportAsset(
  { asset, record }: KnownAsset,
  wish: EntryWish,
  tools: EntryTools,
): Promise<ExportOutcome> {
  const { fmt, folder, take, signal } = wish
  const type = ipsTypeOf(asset, record.setType)
  const called = `${asset.company}/${asset.name}`
  const way = wayOf(asset, type, fmt)
  if (way.way === 'none') return { outcome: 'left', message: `${called} is left out: ${way.why}.` }
  try {
    if (way.way === 'picture') {
      const entries = await makePages(asset, wish, tools)
      const [first, last] = [entries.at(0)?.name, entries.at(-1)?.name]
      const range = entries.length === 1 ? first : `${first} to ${last}`
      return { outcome: 'exported', entries, message: `${called} is ${range}.` }
    }
    if (asset.original) await bringHere(asset.original, signal)
    const kept = await keepOriginal(asset.original?.path ?? '', folder, record.number)
    take(kept.size)
    const isPlain = fmt === 'orig'
    const why = isPlain ? '' : `, since assets of the type ${type} are not converted`
    const message = `${called} is exported as its original${why}.`
    const entries = [{ file: kept.file, name: fileNameOf(asset) }]
    return { outcome: 'exported', entries, message }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof IpsFault) throw error
    const told = refuse(refuseFullDisk(error, 'service'))
    if (told instanceof ServiceError && told.status === 507) throw told
    const isKnown = told instanceof ServiceError
    if (!isKnown) tools.log.error(`${called} could not be exported: ${String(error)}`)
    const why = isKnown ? told.message : 'The log of the service tells why.'
    return { outcome: 'failed', message: `${called} could not be exported: ${why}` }
  }
}

/**
 * Counts the pictures that an asset becomes.
 *
 * @throws {@link OperationError} when it cannot be read, and the signal's reason when it aborts
 */
export async function countPictures(
  { original }: Pick<Asset, 'original'>,
  countPages: CountPages,
  signal: AbortSignal,
): Promise<number> {
  if (original !== undefined) await bringHere(original, signal)
  const counted =
    original?.mediaType === PDF
      ? await countPages({ path: original.path, name: original.name }, signal)
      : 1
  // Of one without any, the first is asked for all the same, which tells what is wrong.
  return Math.max(1, counted)
}

/** What the picture of a page is called, from 1; that of the only one is called as the asset is. */
export function nameOfPage(
  asset: Asset,
  { page, pages }: { readonly page: number; readonly pages: number },
  mediaType: string,
): string {
  const base = pages === 1 ? baseNameOf(asset) : `${baseNameOf(asset)}-${page}`
  return nameOfPicture(base, mediaType)
}

/** Makes the picture of an asset, and of a PDF one of each page (Adobe's page about exporting: it "will generate converted pages"). */
async function makePages(
  asset: Asset,
  { query, folder, mostPixels, take, signal }: EntryWish,
  { makePicture, countPages }: EntryTools,
): Promise<readonly ExportEntry[]> {
  const pages = await countPictures(asset, countPages, signal)
  const entries: ExportEntry[] = []
  for (let page = 1; page <= pages; page += 1) {
    const made = await makePicture({ asset, query, page, folder, mostPixels, signal })
    take(made.size)
    entries.push({ file: made.file, name: nameOfPage(asset, { page, pages }, made.mediaType) })
  }
  return entries
}

/** Keeps a file until it is in the ZIP, whatever becomes of its asset meanwhile; that takes no room where a link can be made. */
async function keepOriginal(
  original: string,
  folder: string,
  number: number,
): Promise<{ file: string; size: number }> {
  const linked = path.join(folder, `original-${number}`)
  try {
    const source = await realpath(original)
    await rm(linked, { force: true })
    const file = await link(source, linked).then(
      () => linked,
      () => source,
    )
    const { size } = await stat(file)
    return { file, size }
  } catch (error) {
    throw new ServiceError('not_found', 'its file cannot be read.', { cause: error })
  }
}
