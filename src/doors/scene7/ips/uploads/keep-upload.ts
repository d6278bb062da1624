import { keepSentFile, readSentName, type SentFile } from '../../catalogue/keep-sent-file.ts'
import type { KeptAssets } from '../../catalogue/kept-assets.ts'
import type { AssetRecords } from '../assets/asset-records.ts'
import { ipsTypeOf } from '../assets/ips-type.ts'
import type { JobLine } from '../jobs/ips-job.ts'
import type { UploadOptions } from './upload-options.ts'

/** A file that is uploaded. */
export interface UploadedFile extends Pick<SentFile, 'fileName' | 'contentType' | 'body'> {}

/** How a file is kept. */
export interface UploadWish {
  readonly company: string
  /** Without slashes at its ends; empty for the topmost. */
  readonly folder: string
  readonly options: UploadOptions
  /** What tells whether it has been kept already, when it may have been before the service was killed. */
  readonly origin?: string | undefined
  /** Is asked for the file if it has not. */
  readonly open: () => Promise<UploadedFile>
}

/**
 * Keeps a file that is uploaded as an asset, marked for publishing or not.
 *
 * @returns the line about it for the log of the job
 * @throws {ServiceError} as {@link keepSentFile}, and what `open` and the body fail with
 */
export type KeepUpload = (wish: UploadWish) => Promise<JobLine>

export function createKeepUpload({
  kept,
  records,
}: {
  readonly kept: KeptAssets
  readonly records: AssetRecords
}): KeepUpload {
  /** @returns the asset, and whether it was there before with another file */
  async function keep({ company, folder, options, origin, open }: UploadWish) {
    const known = origin === undefined ? undefined : await kept.findOrigin(company, origin)
    if (known) {
      const isPlaced = folder === '' || known.folder === folder
      const asset = isPlaced ? known : await kept.describe(company, known.name, { folder })
      return { asset, isReplaced: true }
    }
    const file = await open()
    const before = await kept.find(company, readSentName(file.fileName).asset)
    const overwrites = options.overwrite
    const asset = await keepSentFile({ kept }, company, { ...file, folder, overwrites, origin })
    return { asset, isReplaced: before?.name === asset.name }
  }

  return async (wish) => {
    const { company, options } = wish
    const { asset, isReplaced } = await keep(wish)
    const { name, original } = asset
    const record = (await records.of(company, [name])).get(name)
    const isAsBefore = options.preservePublishState && isReplaced
    if (record && !isAsBefore && record.isReady !== options.readyForPublish) {
      await records.setReady(record.number, options.readyForPublish)
    }
    const type = ipsTypeOf(asset, record?.setType)
    return {
      type: 'FileEnd',
      message: `${original?.name} is the asset ${company}/${name}.`,
      ...(record && { asset: { number: record.number, name, type } }),
    }
  }
}
