import { ServiceError } from '../../../../base/errors.ts'
import type { CountPages } from '../../../../image-pool/render-job.ts'
import type { Catalogues } from '../../catalogue/catalogues.ts'
import { fileNameOf, handleOfAsset } from '../../ips/assets/ips-asset.ts'
import type { IpsAssets, KnownAsset } from '../../ips/assets/ips-assets.ts'
import { ipsTypeOf } from '../../ips/assets/ips-type.ts'
import { type DrawnPreview, drawPreview } from '../../ips/exports/draw-preview.ts'
import { createEntryNames } from '../../ips/exports/entry-names.ts'
import { countPictures, nameOfPage } from '../../ips/exports/export-entry.ts'
import type { ExportLimits } from '../../ips/exports/export-limits.ts'
import { readExportQuery } from '../../ips/exports/export-query.ts'
import { wayOf } from '../../ips/exports/exportable.ts'
import { demandSize, type PlanPicture } from '../../ips/exports/make-picture.ts'
import { IpsFault } from '../../ips/ips-fault.ts'
import { refuse } from '../../scene7-dialect.ts'
import { WITHOUT_PICTURE } from '../../serving/asset-sizes.ts'
import type { Pictures } from '../../serving/pictures.ts'
import { withPrepared } from '../../serving/unprepared.ts'

/** How the assets of an export become files. */
export interface ExportCommands {
  readonly fmt: 'orig' | 'convert'
  readonly modifier?: string | undefined
  readonly macro?: string | undefined
}

/** What would become of an asset. */
export interface PreviewedEntry {
  readonly asset: string
  readonly way: 'original' | 'picture' | 'none'
  /** What it is called in the ZIP; undefined when nothing comes of it. */
  readonly file?: string
  /** Of the picture that is made, in pixels. */
  readonly width?: number
  readonly height?: number
  /** How many pictures come of it, of which the first is told here; 1 unless given. */
  readonly pages?: number
  /** Why nothing comes of it, in a sentence. */
  readonly problem?: string
  /** Whether there is a picture of it to be drawn. */
  readonly isSeen: boolean
}

/** What an export of assets would be, before it is submitted. */
export interface ExportPreviews {
  /** @throws the signal's reason when it aborts */
  readonly entries: (
    company: string,
    assets: readonly KnownAsset[],
    commands: ExportCommands,
    signal: AbortSignal,
  ) => Promise<readonly PreviewedEntry[]>
  /** @throws {ServiceError} when there is no such picture; the signal's reason when it aborts */
  readonly draw: (
    company: string,
    asset: string,
    commands: ExportCommands,
    signal: AbortSignal,
  ) => Promise<DrawnPreview>
}

/** Makes what shows exports before they are submitted: by the very same rules by which they are made. */
export function createExportPreviews({
  assets,
  catalogues,
  planPicture,
  pictures,
  countPages,
  limits,
}: {
  readonly assets: Pick<IpsAssets, 'find'>
  readonly catalogues: Pick<Catalogues, 'of'>
  readonly planPicture: PlanPicture
  readonly pictures: Pick<Pictures, 'make' | 'measure'>
  readonly countPages: CountPages
  readonly limits: Pick<ExportLimits, 'mostPixels'>
}): ExportPreviews {
  async function queryOf(
    company: string,
    commands: ExportCommands,
    signal: AbortSignal,
  ): Promise<string> {
    if (commands.fmt !== 'convert') return ''
    return withPrepared(signal, () => readExportQuery(commands, catalogues.of(company)))
  }

  async function entryOf(
    { asset, record }: KnownAsset,
    query: string,
    fmt: ExportCommands['fmt'],
    signal: AbortSignal,
  ): Promise<PreviewedEntry> {
    const { name } = asset
    const way = wayOf(asset, ipsTypeOf(asset, record.setType), fmt)
    if (way.way === 'none') {
      return {
        asset: name,
        way: 'none',
        isSeen: false,
        problem: `${name} is left out: ${way.why}.`,
      }
    }
    if (way.way === 'original') {
      const isSeen = !WITHOUT_PICTURE.has(asset.type)
      return { asset: name, way: 'original', file: fileNameOf(asset), isSeen }
    }
    try {
      const pages = await countPictures(asset, countPages, signal)
      const planned = await planPicture({ asset, query, page: 1, signal })
      const { view } = await pictures.measure(planned.job, signal)
      demandSize(view, limits.mostPixels)
      const { width, height } = view
      const file = nameOfPage(asset, { page: 1, pages }, planned.mediaType)
      const several = pages > 1 ? { pages } : {}
      return { asset: name, way: 'picture', file, width, height, ...several, isSeen: true }
    } catch (error) {
      signal.throwIfAborted()
      const told = refuse(error)
      if (!(told instanceof ServiceError)) throw told
      const problem = `${name} could not be exported: ${told.message}`
      return { asset: name, way: 'none', isSeen: false, problem }
    }
  }

  return {
    async entries(company, known, commands, signal) {
      const query = await queryOf(company, commands, signal)
      const made = await Promise.all(
        known.map((each) => entryOf(each, query, commands.fmt, signal)),
      )
      const nameEntry = createEntryNames()
      return made.map(({ file, ...entry }) =>
        file === undefined ? entry : { ...entry, file: nameEntry(file) },
      )
    },
    async draw(company, name, commands, signal) {
      const asset = await assets.find(company, name)
      if (!asset) throw new ServiceError('not_found', `There is no asset ${JSON.stringify(name)}.`)
      try {
        // Of a file as it is one sees what is transparent.
        const query =
          commands.fmt === 'orig' ? 'fmt=png-alpha' : await queryOf(company, commands, signal)
        const planned = await planPicture({ asset, query, page: 1, signal })
        return await drawPreview(planned, pictures, signal)
      } catch (error) {
        signal.throwIfAborted()
        throw refuse(error instanceof IpsFault ? new ServiceError('invalid', error.message) : error)
      }
    },
  }
}

/** The handles of assets, in their order. */
export function handlesOf(known: readonly KnownAsset[]): readonly string[] {
  return known.map(({ record }) => handleOfAsset(record))
}
