import { link, realpath, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { ServiceError } from '../../../../base/errors.ts'
import { refuseFullDisk } from '../../../../base/full-disk.ts'
import type { Log } from '../../../../base/log.ts'
import { refuse } from '../../scene7-dialect.ts'
import { baseNameOf, fileNameOf } from '../assets/ips-asset.ts'
import type { KnownAsset } from '../assets/ips-assets.ts'
import { ipsTypeOf } from '../assets/ips-type.ts'
import { nameOfPicture } from './entry-names.ts'
import { type ExportFormat, wayOf } from './exportable.ts'
import type { createMakePicture } from './make-picture.ts'

/** A file of an export before it is in the ZIP. */
export interface ExportEntry {
  readonly file: string
  /** As it would be called if no other one were. */
  readonly name: string
  /** In bytes. */
  readonly size: number
  readonly message: string
}

/** What came of an asset: a file, or why there is none. */
export type ExportOutcome =
  | { readonly outcome: 'exported'; readonly entry: ExportEntry }
  | { readonly outcome: 'left' | 'failed'; readonly message: string }

/** How assets of an export are taken. */
export interface EntryWish {
  readonly fmt: ExportFormat
  readonly query: string
  /** For what is made on the way. */
  readonly folder: string
  readonly mostPixels: number
  readonly signal: AbortSignal
}

/**
 * Makes the file of an asset. What is wrong with it is told, as the others go on; a full disk is thrown.
 *
 * @throws the signal's reason when it aborts
 */
export async function exportAsset(
  { asset, record }: KnownAsset,
  wish: EntryWish,
  {
    makePicture,
    log,
  }: {
    readonly makePicture: ReturnType<typeof createMakePicture>
    readonly log: Pick<Log, 'error'>
  },
): Promise<ExportOutcome> {
  const { fmt, query, folder, mostPixels, signal } = wish
  const type = ipsTypeOf(asset, record.setType)
  const called = `${asset.company}/${asset.name}`
  const way = wayOf(asset, type, fmt)
  if (way.way === 'none') return { outcome: 'left', message: `${called} is left out: ${way.why}.` }
  try {
    if (way.way === 'picture') {
      const made = await makePicture({ asset, query, folder, mostPixels, signal })
      const name = nameOfPicture(baseNameOf(asset), made.mediaType)
      return { outcome: 'exported', entry: { ...made, name, message: `${called} is ${name}.` } }
    }
    const kept = await keepOriginal(asset.original?.path ?? '', folder, record.number)
    const isPlain = fmt === 'orig'
    const why = isPlain ? '' : `, since assets of the type ${type} are not converted`
    const message = `${called} is exported as its original${why}.`
    return { outcome: 'exported', entry: { ...kept, name: fileNameOf(asset), message } }
  } catch (error) {
    signal.throwIfAborted()
    const told = refuse(refuseFullDisk(error, 'service'))
    if (told instanceof ServiceError && told.status === 507) throw told
    const isKnown = told instanceof ServiceError
    if (!isKnown) log.error(`${called} could not be exported: ${String(error)}`)
    const why = isKnown ? told.message : 'The log of the service tells why.'
    return { outcome: 'failed', message: `${called} could not be exported: ${why}` }
  }
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
