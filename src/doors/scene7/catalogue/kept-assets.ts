import type { ReadableStream } from 'node:stream/web'
import * as z from 'zod/mini'
import { ServiceError } from '../../../base/errors.ts'
import type { Log } from '../../../base/log.ts'
import { ASSET_TYPES, type AssetType } from '../../../contract/asset-types.ts'
import type { Database } from '../../../home/database.ts'
import { typeOfFile } from './asset-type.ts'
import type { Asset, AssetSource, SetMember, SmartCrop } from './asset.ts'
import { isObjectName } from './object-name.ts'
import { type OriginalsElsewhere, openOriginals } from './originals.ts'
import { createRenaming } from './rename-asset.ts'

/** What is kept of an asset beside its file; what is undefined stays as it is. */
export interface AssetDetails {
  readonly folder?: string | undefined
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly resolution?: number | undefined
  readonly modifier?: string | undefined
  readonly postModifier?: string | undefined
  readonly crops?: readonly SmartCrop[] | undefined
  readonly members?: readonly SetMember[] | undefined
}

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
export interface KeptAssets extends AssetSource {
  /** The asset whose file has come from there; undefined when there is none, or it has another file by now. */
  readonly findOrigin: (company: string, origin: string) => Asset | undefined
  /**
   * Keeps a file as an asset, in place of the file that one of this name had before: its crops, modifiers and members stay.
   *
   * @param name - or what chooses it when the file has come, so that nobody else has taken it meanwhile
   * @throws {ServiceError} `invalid` for a name that no asset may have, `too_large`, `disk_full`
   */
  readonly addFile: (
    company: string,
    name: string | (() => string),
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
  readonly companies: () => readonly string[]
  /** Another one whenever anything of any of them is changed. */
  readonly stamp: () => string
}

const maybe = <T>(schema: z.ZodMiniType<T>) =>
  z.pipe(
    z.nullable(schema),
    z.transform((value) => value ?? undefined),
  )

const rowSchema = z.object({
  company: z.string(),
  name: z.string(),
  folder: z.string(),
  type: z.enum(ASSET_TYPES),
  file: maybe(z.string()),
  file_name: maybe(z.string()),
  media_type: maybe(z.string()),
  size: maybe(z.number()),
  modified: z.number(),
  width: maybe(z.number()),
  height: maybe(z.number()),
  resolution: maybe(z.number()),
  modifier: maybe(z.string()),
  post_modifier: maybe(z.string()),
  revision: z.number(),
})
const cropSchema = z.object({
  name: z.string(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  forWidth: z.number(),
  forHeight: z.number(),
})
const memberSchema = z.object({ asset: z.string(), swatch: maybe(z.string()) })
const nameSchema = z.object({ name: z.string() })

/**
 * Opens the assets that are kept.
 *
 * @param options.folder - of their files
 * @param options.elsewhere - see {@link openOriginals}
 * @param options.now - the clock, in milliseconds of the epoch
 */
export async function openKeptAssets(
  database: Database,
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
  const selectFile = database.prepare('SELECT 1 FROM assets WHERE file = ?')
  const originals = await openOriginals(folder, {
    isKnown: (name) => selectFile.get(name) !== undefined,
    elsewhere,
    log,
  })
  const select = database.prepare('SELECT * FROM assets WHERE company = ? AND name = ?')
  const selectOrigin = database.prepare('SELECT * FROM assets WHERE company = ? AND origin = ?')
  const selectAll = database.prepare('SELECT * FROM assets WHERE company = ? ORDER BY name')
  const selectCompanies = database.prepare('SELECT DISTINCT company AS name FROM assets')
  const selectStamp = database.prepare(
    'SELECT company, count(*), sum(revision), max(modified) FROM assets GROUP BY company',
  )
  const selectCrops = database.prepare(`
    SELECT name, x, y, width, height, for_width AS forWidth, for_height AS forHeight
    FROM crops WHERE company = ? AND asset = ? ORDER BY name
  `)
  const selectMembers = database.prepare(
    'SELECT member AS asset, swatch FROM members WHERE company = ? AND asset = ? ORDER BY position',
  )
  const make = database.prepare(`
    INSERT INTO assets (company, name, folder, type, modified, revision) VALUES (?, ?, '', 'template', ?, 0)
    ON CONFLICT DO NOTHING
  `)
  const setFile = database.prepare(`
    UPDATE assets SET file = ?, file_name = ?, media_type = ?, size = ?, origin = ?, type = ?, modified = ?, width = NULL,
      height = NULL, revision = revision + 1
    WHERE company = ? AND name = ?
  `)
  const setDetails = database.prepare(`
    UPDATE assets SET folder = coalesce(?, folder), type = coalesce(?, type), width = coalesce(?, width),
      height = coalesce(?, height), resolution = coalesce(?, resolution), modifier = coalesce(?, modifier),
      post_modifier = coalesce(?, post_modifier), modified = ?, revision = revision + 1
    WHERE company = ? AND name = ?
  `)
  const dropCrops = database.prepare('DELETE FROM crops WHERE company = ? AND asset = ?')
  const addCrop = database.prepare('INSERT INTO crops VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const dropMembers = database.prepare('DELETE FROM members WHERE company = ? AND asset = ?')
  const addMember = database.prepare('INSERT INTO members VALUES (?, ?, ?, ?, ?)')
  const drop = database.prepare('DELETE FROM assets WHERE company = ? AND name = ?')
  const renameRow = createRenaming(database, now)

  function toAsset(row: unknown): Asset {
    const { file, file_name, media_type, size, post_modifier, revision, ...asset } =
      rowSchema.parse(row)
    const { company, name } = asset
    const isFile = file !== undefined && file_name !== undefined && media_type !== undefined
    const { bring } = originals
    return {
      ...asset,
      original: isFile
        ? {
            path: originals.pathOf(file),
            ...(bring && { bring: (signal: AbortSignal) => bring(file, signal) }),
            name: file_name,
            mediaType: media_type,
            size: size ?? 0,
          }
        : undefined,
      version: `${file ?? ''}:${revision}`,
      postModifier: post_modifier,
      crops: selectCrops.all(company, name).map((crop) => cropSchema.parse(crop)),
      members: selectMembers.all(company, name).map((member) => memberSchema.parse(member)),
    }
  }

  function find(company: string, name: string): Asset | undefined {
    const row = select.get(company, name)
    return row === undefined ? undefined : toAsset(row)
  }

  function demand(company: string, name: string): Asset {
    const asset = find(company, name)
    if (!asset) throw new ServiceError('conflict', `${company}/${name} was removed meanwhile.`)
    return asset
  }

  /** Read once, since several times a request is asked whether a name is one of these; forgotten at each change. */
  let knownCompanies: readonly string[] | undefined

  async function change<T>(work: () => T): Promise<T> {
    try {
      return await database.write(work)
    } finally {
      knownCompanies = undefined
    }
  }

  function fileOf(company: string, name: string): string | undefined {
    const row = select.get(company, name)
    return row === undefined ? undefined : rowSchema.parse(row).file
  }

  return {
    find,
    list: (company) => selectAll.all(company).map(toAsset),
    companies: () =>
      (knownCompanies ??= selectCompanies.all().map((row) => nameSchema.parse(row).name)),
    findOrigin(company, origin) {
      const row = selectOrigin.get(company, origin)
      return row === undefined ? undefined : toAsset(row)
    },
    async addFile(company, given, { name: fileName, mediaType, body, origin = null }) {
      if (typeof given === 'string') checkName(company, given)
      const added = await originals.add(body)
      const type: AssetType = typeOfFile(mediaType)
      const file = [added.name, fileName, mediaType, added.size, origin, type] as const
      const { name, replaced } = await change(() => {
        const called = typeof given === 'string' ? given : given()
        checkName(company, called)
        const before = fileOf(company, called)
        make.run(company, called, now())
        setFile.run(...file, now(), company, called)
        return { name: called, replaced: before }
      })
      if (replaced !== undefined) await originals.remove(replaced)
      return demand(company, name)
    },
    async describe(company, name, details) {
      checkName(company, name)
      const { folder: within, width, height, resolution, modifier, postModifier } = details
      const { crops, members } = details
      await change(() => {
        make.run(company, name, now())
        const isSet = members !== undefined && fileOf(company, name) === undefined
        setDetails.run(
          within ?? null,
          isSet ? 'set' : null,
          width ?? null,
          height ?? null,
          resolution ?? null,
          modifier ?? null,
          postModifier ?? null,
          now(),
          company,
          name,
        )
        if (crops) {
          dropCrops.run(company, name)
          for (const { name: crop, x, y, width: wide, height: high, forWidth, forHeight } of crops)
            addCrop.run(company, name, crop, x, y, wide, high, forWidth, forHeight)
        }
        if (members) {
          dropMembers.run(company, name)
          for (const [position, { asset, swatch }] of members.entries())
            addMember.run(company, name, position, asset, swatch ?? null)
        }
      })
      return demand(company, name)
    },
    stamp: () => JSON.stringify(selectStamp.all()),
    async rename(company, name, to) {
      checkName(company, to)
      if (!find(company, name)) {
        throw new ServiceError('not_found', `${company} keeps no asset ${JSON.stringify(name)}.`)
      }
      if (find(company, to)) {
        throw new ServiceError('conflict', `There is an asset ${JSON.stringify(to)} already.`)
      }
      await renameRow(company, name, to)
      return demand(company, to)
    },
    async remove(company, name) {
      const file = await change(() => {
        const before = fileOf(company, name)
        return drop.run(company, name).changes > 0 ? { name: before } : undefined
      })
      if (file?.name !== undefined) await originals.remove(file.name)
      return file !== undefined
    },
  }
}

function checkName(company: string, name: string): void {
  if (isObjectName(name) && isObjectName(company) && !company.includes('/')) return
  throw new ServiceError(
    'invalid',
    `${JSON.stringify(`${company}/${name}`.slice(0, 100))} is no name for an asset: it must have no empty parts between slashes, no "..", and no control characters.`,
  )
}
