import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { openPromise } from 'yauzl'
import type { Asset, Original } from '../../catalogue/asset.ts'
import type { ReadXmp } from '../../responses/xmp-answer.ts'
import type { AssetRecords } from '../assets/asset-records.ts'
import { originalFileOf } from '../assets/ips-asset.ts'
import type { IpsAssets } from '../assets/ips-assets.ts'
import type { Handlers } from '../ips-call.ts'
import { IpsFault } from '../ips-fault.ts'
import type { Value } from '../schema/types.ts'
import { assetsInSet } from './set-operations.ts'

const compress = promisify(deflate)

/** The most entries of an archive that are told of. */
const MOST_ENTRIES = 10_000

/** What is told of a file without XMP: a packet that says nothing. */
const NO_XMP =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" /></x:xmpmeta>'

/** getOriginalFilePaths, getAssociatedAssets, getXMPPacket and getZipEntries. */
export function createDetailOperations({
  assets,
  records,
  readXmp,
}: {
  readonly assets: IpsAssets
  readonly records: AssetRecords
  readonly readXmp: ReadXmp
}) {
  /** Sets in which an asset is. */
  function containersOf(company: string, asset: Asset): readonly Asset[] {
    return assets
      .list(company)
      .filter(
        (each) =>
          each.members.length > 0 &&
          assetsInSet(assets, each).some(({ name }) => name === asset.name),
      )
  }

  return {
    getOriginalFilePaths: ({ assetHandleArray }, { company }) => ({
      originalFileArray: assetHandleArray.map((handle) => {
        const { asset } = assets.demand(company, handle)
        demandFile(asset)
        return originalFileOf(asset)
      }),
    }),
    async getAssociatedAssets({ assetHandle }, { company }) {
      const { asset, record } = assets.demand(company, assetHandle)
      const shown = record.thumb === undefined ? undefined : records.find(record.thumb)
      const thumb = shown && assets.find(company, shown.name)
      const [containerArray, memberArray, [thumbAsset]] = await Promise.all([
        assets.tell(company, containersOf(company, asset)),
        assets.tell(company, assetsInSet(assets, asset)),
        assets.tell(company, thumb ? [thumb] : []),
      ])
      return {
        ...(containerArray.length > 0 && { containerArray }),
        ...(memberArray.length > 0 && { memberArray }),
        thumbAsset,
      }
    },
    async getXMPPacket({ assetHandle }, { company, signal }) {
      const { path, name } = demandFile(assets.demand(company, assetHandle).asset)
      const packet = (await readXmp({ path, name }, signal)) ?? NO_XMP
      return { compressedPacket: await compress(packet) }
    },
    async getZipEntries({ assetHandle }, { company }) {
      const { asset } = assets.demand(company, assetHandle)
      const { path, mediaType } = demandFile(asset)
      if (mediaType !== 'application/zip') {
        throw new IpsFault('invalidParameter', `The asset ${company}/${asset.name} is no ZIP file.`)
      }
      return { zipArray: await readEntries(path) }
    },
  } satisfies Partial<Handlers>
}

function demandFile({ company, name, original }: Asset): Original {
  if (original) return original
  throw new IpsFault('invalidParameter', `The asset ${company}/${name} has no file of its own.`)
}

async function readEntries(path: string): Promise<readonly Value<'ZipEntry'>[]> {
  try {
    const archive = await openPromise(path)
    try {
      if (archive.entryCount > MOST_ENTRIES) {
        throw new Error(`it has more than ${MOST_ENTRIES} entries`)
      }
      const entries: Value<'ZipEntry'>[] = []
      for await (const entry of archive.eachEntry()) {
        entries.push({
          name: entry.fileName,
          isDirectory: entry.fileName.endsWith('/'),
          lastModified: entry.getLastModDate(),
          compressedSize: entry.compressedSize,
          uncompressedSize: entry.uncompressedSize,
        })
      }
      return entries
    } finally {
      archive.close()
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new IpsFault('exception', `The ZIP file cannot be read: ${why}.`, { cause: error })
  }
}
