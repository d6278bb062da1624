import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { openPromise } from 'yauzl'
import type { Asset, Original } from '../../catalogue/asset.ts'
import type { ReadXmp } from '../../responses/xmp-answer.ts'
import { bringHere } from '../../serving/bring-original.ts'
import type { AssetRecords } from '../assets/asset-records.ts'
import { originalFileOf } from '../assets/ips-asset.ts'
import type { IpsAssets } from '../assets/ips-assets.ts'
import type { Handlers } from '../ips-call.ts'
import { IpsFault } from '../ips-fault.ts'
import type { Value } from '../schema/types.ts'
import { assetsInSet, assetsInSets } from './set-operations.ts'

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
  async function containersOf(company: string, asset: Asset): Promise<readonly Asset[]> {
    const all = await assets.list(company)
    const sets = all.filter(({ members }) => members.length > 0)
    const known = new Map(all.map((each) => [each.name, each]))
    const members = await assetsInSets(assets, sets, known)
    return sets.filter((_, index) => members[index]?.some(({ name }) => name === asset.name))
  }

  return {
    async getOriginalFilePaths({ assetHandleArray }, { company }) {
      const known = await assets.demandAll(company, assetHandleArray)
      return {
        originalFileArray: known.map(({ asset }) => {
          demandFile(asset)
          return originalFileOf(asset)
        }),
      }
    },
    async getAssociatedAssets({ assetHandle }, { company }) {
      const { asset, record } = await assets.demand(company, assetHandle)
      const shown = record.thumb === undefined ? undefined : await records.find(record.thumb)
      const thumb = shown && (await assets.find(company, shown.name))
      const [containerArray, memberArray, [thumbAsset]] = await Promise.all([
        assets.tell(company, await containersOf(company, asset)),
        assets.tell(company, await assetsInSet(assets, asset)),
        assets.tell(company, thumb ? [thumb] : []),
      ])
      return {
        ...(containerArray.length > 0 && { containerArray }),
        ...(memberArray.length > 0 && { memberArray }),
        thumbAsset,
      }
    },
    async getXMPPacket({ assetHandle }, { company, signal }) {
      const original = demandFile((await assets.demand(company, assetHandle)).asset)
      await bringHere(original, signal)
      const { path, name } = original
      const packet = (await readXmp({ path, name }, signal)) ?? NO_XMP
      return { compressedPacket: await compress(packet) }
    },
    async getZipEntries({ assetHandle }, { company, signal }) {
      const { asset } = await assets.demand(company, assetHandle)
      const original = demandFile(asset)
      if (original.mediaType !== 'application/zip') {
        throw new IpsFault('invalidParameter', `The asset ${company}/${asset.name} is no ZIP file.`)
      }
      await bringHere(original, signal)
      return { zipArray: await readEntries(original.path) }
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
