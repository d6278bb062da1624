import type { MakeThumbnail } from '../../serving/make-thumbnail.ts'
import type { IpsAssets, KnownAsset } from '../assets/ips-assets.ts'
import { IpsFault } from '../ips-fault.ts'
import type { IpsJob } from './ips-job.ts'
import type { KeptJobLine } from './job-row.ts'

/** The most pictures of a mail: two rows of them. */
const MOST_PICTURES = 6

/** How long pictures may keep a mail waiting, in milliseconds. */
const LONGEST_MS = 20_000

/** A small picture of an asset. */
export interface JobPicture {
  /** Of the asset. */
  readonly name: string
  /** A JPEG, {@link THUMBNAIL_PIXELS} wide and high. */
  readonly bytes: Uint8Array
}

/** Makes pictures of some of the assets that a job was done with, without those that have none. */
export type PicturesOfJob = (
  job: IpsJob,
  lines: readonly KeptJobLine[],
) => Promise<readonly JobPicture[]>

/** Makes what makes the pictures in mails about jobs. */
export function createPicturesOfJob(
  assets: IpsAssets,
  makeThumbnail: MakeThumbnail,
): PicturesOfJob {
  return async ({ company }, lines) => {
    const known: KnownAsset[] = []
    for (const { type, asset } of lines) {
      if (known.length === MOST_PICTURES) break
      const found =
        type === 'FileEnd' && asset ? await find(assets, company, asset.number) : undefined
      if (found && found.asset.type !== 'audio' && found.asset.type !== 'static') known.push(found)
    }
    const signal = AbortSignal.timeout(LONGEST_MS)
    const made = await Promise.all(known.map(({ asset }) => makeThumbnail(asset, signal)))
    return known.flatMap(({ asset: { name } }, index) => {
      const bytes = made[index]
      return bytes ? [{ name, bytes }] : []
    })
  }
}

/** What was removed meanwhile has no picture. */
async function find(
  assets: IpsAssets,
  company: string,
  number: number,
): Promise<KnownAsset | undefined> {
  try {
    return await assets.demand(company, `a|${number}`)
  } catch (error) {
    if (error instanceof IpsFault) return undefined
    throw error
  }
}
