import { keepSentFile, readSentName, type SentFile } from '../../catalogue/keep-sent-file.ts'
import type { KeptAssets } from '../../catalogue/kept-assets.ts'
import type { AssetRecords } from '../assets/asset-records.ts'
import { ipsTypeOf } from '../assets/ips-type.ts'
import type { JobLine } from '../jobs/ips-job.ts'
import type { UploadOptions } from './upload-options.ts'

/**
 * Keeps a file that is uploaded as an asset, marked for publishing or not.
 *
 * @returns the line about it for the log of the job
 * @throws {ServiceError} as {@link keepSentFile}, and what its body fails with
 */
export type KeepUpload = (
  company: string,
  file: Omit<SentFile, 'overwrites'>,
  options: UploadOptions,
) => Promise<JobLine>

export function createKeepUpload({
  kept,
  records,
}: {
  readonly kept: KeptAssets
  readonly records: AssetRecords
}): KeepUpload {
  return async (company, file, { overwrite, readyForPublish, preservePublishState }) => {
    const sent = readSentName(file.fileName)
    const before = kept.find(company, sent.asset)
    const asset = await keepSentFile({ kept }, company, { ...file, overwrites: overwrite })
    const { name } = asset
    const record = (await records.of(company, [name])).get(name)
    const isAsBefore = preservePublishState && before?.name === name
    if (record && !isAsBefore && record.isReady !== readyForPublish) {
      await records.setReady(record.number, readyForPublish)
    }
    const type = ipsTypeOf(asset, record?.setType)
    return {
      type: 'FileEnd',
      message: `${sent.file} is the asset ${company}/${name}.`,
      ...(record && { asset: { number: record.number, name, type } }),
    }
  }
}
