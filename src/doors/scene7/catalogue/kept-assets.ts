import type { ReadableStream } from 'node:stream/web'
import { ServiceError } from '../../../base/errors.ts'
import type { Log } from '../../../base/log.ts'
import { type AssetDetails, makeAsset, setAssetDetails, setAssetFile } from './asset-changes.ts'
import { type AssetChange, hearOfAssets, tellOfAssets } from './asset-news.ts'
import { type AssetRows, createAssetRows, findFiles, findRow, isAssetName } from './asset-rows.ts'
import { typeOfFile } from './asset-type.ts'
import type { Asset } from './asset.ts'
import type { CatalogueDatabase, CatalogueWriting } from './catalogue-tables.ts'
import { type OriginalsElsewhere, openOriginals } from './originals.ts'
import { renameAsset } from './rename-asset.ts'

/** A file that becomes an asset. */
export interface NewFile {
  /** What somebody calls it. */
  readonly name: string
  readonly mediaType: string
  readonly body: ReadableStream<Uint8Array>
  /** What it can be found by with {@link KeptAssets.findOrigin}. */
  readonly origin?: string | undefined
}

/** Assets whose files are in the state folder, and what is kept of those that are not. */
export interface KeptAssets extends AssetRows {
  /**
   * Keeps a file as an asset, in place of the file that one of this name had before: its crops, modifiers and members stay.
   *
   * @param name - or what chooses it when the file has come, so that nobody else has taken it meanwhile; it is told which are taken
   * @throws {ServiceError} `invalid` for a name that no asset may have, `too_large`, `disk_full`
   */
  readonly addFile: (
    company: string,
    name: string | ((isTaken: (name: string) => Promise<boolean>) => Promise<string>),
    file: NewFile,
  ) => Promise<Asset>
  /**
   * Keeps what is told of an asset, which is made when there is none: without a file it is a set, a template, or what is
   * known of a file of this name in a mounted folder.
   *
   * @throws {ServiceError} `invalid` for a name that no asset may have
   */
  readonly describe: (company: string, name: string, details: AssetDetails) => Promise<Asset>
  /** @returns whether there was one */
  readonly remove: (company: string, name: string) => Promise<boolean>
  /**
   * Gives an asset another name; its crops and members stay, and the sets that it is in know it by that.
   *
   * @throws {ServiceError} `invalid` for a name that no asset may have, `not_found`, and `conflict` when there is one of the
   *   new name
   */
  readonly rename: (company: string, name: string, to: string) => Promise<Asset>
  /**
   * Has a listener told of each change once it is kept, whichever front end has made it; undefined when there may be any. Who has made it
   * here waits until the listener has done what it does.
   *
   * @returns what ends it
   */
  readonly listen: (
    listener: (change: AssetChange | undefined) => void | Promise<void>,
  ) => () => void
}

/**
 * Opens the assets that are kept.
 *
 * @param options.folder - of their files
 * @param options.elsewhere - see {@link openOriginals}
 * @param options.now - the clock, in milliseconds of the epoch
 */
export async function openKeptAssets(
  database: CatalogueDatabase,
  {
    folder,
    elsewhere,
    log,
    now,
  }: {
    readonly folder: string
    readonly elsewhere?: OriginalsElsewhere | undefined
    readonly log: Pick<Log, 'warn'>
    readonly now: () => number
  },
): Promise<KeptAssets> {
  const { committed } = database
  const originals = await openOriginals(folder, {
    findKnown: (names) => findFiles(committed, names),
    elsewhere,
    log,
  })
  const rows = createAssetRows(committed, originals)
  const listeners = new Set<(change: AssetChange | undefined) => void | Promise<void>>()

  async function demand(company: string, name: string): Promise<Asset> {
    const asset = await rows.find(company, name)
    if (asset) return asset
    throw new ServiceError('conflict', `${company}/${name} was removed meanwhile.`)
  }

  /** Keeps a change of some assets of a company, and tells of it. */
  async function change<T>(
    company: string,
    work: (tables: CatalogueWriting) => Promise<{ names: readonly string[]; made: T }>,
    isGone = false,
  ): Promise<T> {
    const { names, made } = await database.write(async (tables) => {
      const changed = await work(tables)
      if (changed.names.length > 0) {
        await tellOfAssets(database, tables, { company, names: changed.names, isGone })
      }
      return changed
    })
    // They have heard of it when who has made it goes on.
    if (names.length > 0) {
      for (const listener of listeners) await listener({ company, names, isGone })
    }
    return made
  }

  return {
    ...rows,
    listen(listener) {
      listeners.add(listener)
      const unhear = hearOfAssets(database, (heard) => void listener(heard))
      return () => {
        listeners.delete(listener)
        unhear()
      }
    },
    async addFile(company, given, { name: fileName, mediaType, body, origin = null }) {
      if (typeof given === 'string') checkName(company, given)
      const { name: file, size } = await originals.add(body)
      const kept = { file, fileName, mediaType, size, origin, type: typeOfFile(mediaType) }
      const { name, replaced } = await change(company, async (tables) => {
        const find = (each: string) => findRow.first(tables, { company, name: each })
        const called =
          typeof given === 'string'
            ? given
            : await given(async (each) => (await find(each)) !== undefined)
        checkName(company, called)
        const before = (await find(called))?.file ?? undefined
        const asset = { company, name: called, now: now() }
        await makeAsset(tables, asset)
        await setAssetFile(tables, asset, kept)
        return { names: [called], made: { name: called, replaced: before } }
      })
      if (replaced !== undefined) await originals.remove(replaced)
      return demand(company, name)
    },
    async describe(company, name, details) {
      checkName(company, name)
      await change(company, async (tables) => {
        const asset = { company, name, now: now() }
        await makeAsset(tables, asset)
        await setAssetDetails(tables, asset, details)
        return { names: [name], made: undefined }
      })
      return demand(company, name)
    },
    async rename(company, name, to) {
      checkName(company, to)
      const rename = async (tables: CatalogueWriting) => {
        const row = isAssetName(company, name)
          ? await findRow.first(tables, { company, name })
          : undefined
        if (!row) {
          throw new ServiceError('not_found', `${company} keeps no asset ${JSON.stringify(name)}.`)
        }
        if (await findRow.first(tables, { company, name: to })) {
          throw new ServiceError('conflict', `There is an asset ${JSON.stringify(to)} already.`)
        }
        const sets = await renameAsset(tables, row, { name: to, now: now() })
        return { names: [name, to, ...sets], made: undefined }
      }
      await change(company, rename, true)
      return demand(company, to)
    },
    async remove(company, name) {
      if (!isAssetName(company, name)) return false
      const remove = async (tables: CatalogueWriting) => {
        const row = await tables
          .deleteFrom('assets')
          .where('company', '=', company)
          .where('name', '=', name)
          .returning('file')
          .executeTakeFirst()
        return { names: row ? [name] : [], made: row }
      }
      const removed = await change(company, remove, true)
      if (removed?.file !== undefined && removed.file !== null) await originals.remove(removed.file)
      return removed !== undefined
    },
  }
}

function checkName(company: string, name: string): void {
  if (isAssetName(company, name)) return
  throw new ServiceError(
    'invalid',
    `${JSON.stringify(`${company}/${name}`.slice(0, 100))} is no name for an asset: it must have no empty parts between slashes, no "..", and no control characters.`,
  )
}
