import * as z from 'zod/mini'
import { objectUrl } from '../http/object-url.ts'
import { peerFile } from '../http/peer-file.ts'
import type { Wire } from '../http/wire.ts'
import { readXml } from '../http/xml.ts'
import { readPages } from '../listing.ts'
import { nameOf } from '../name-of.ts'
import type { ImportPeer } from '../peer.ts'
import { telling } from '../peer-error.ts'
import { secretsOf } from '../secrets.ts'
import { AZURE_SECRETS, type AzureOptions, azureOptions } from './azure-options.ts'
import { containerUrl, openAzureWire, withAccess } from './azure-wire.ts'

/** Blobs of a container of Azure Blob Storage. */
export const azureImport: ImportPeer = {
  options: azureOptions,
  secrets: AZURE_SECRETS,
  async find(given, context) {
    const options = z.parse(azureOptions, given)
    const { blob, blob_prefix: prefix = '', container, filename } = options
    const wire = openAzureWire(options, context)
    const base = containerUrl(options)
    const secrets = secretsOf(given, AZURE_SECRETS)
    const where = `the container “${container}” at ${new URL(base).host}`
    const tellOf = (name: string) => ({
      what: `“${name}” could not be fetched from ${where}`,
      secrets,
    })
    if (blob !== undefined) {
      const tell = tellOf(blob)
      return await telling(tell, async () => {
        const url = withAccess(objectUrl(base, blob), options)
        const { size, contentType } = await wire.look(url)
        const name = nameOf(filename ?? blob)
        return [peerFile({ name, size, contentType, url }, wire, { tell, context })]
      })
    }
    const tell = { what: `What begins with “${prefix}” could not be listed in ${where}`, secrets }
    return await telling(tell, async () => {
      const blobs = await listBlobs(options, wire, context.mostFiles)
      return blobs.map(({ key, ...facts }) => {
        const located = {
          name: nameOf(key),
          ...facts,
          url: withAccess(objectUrl(base, key), options),
        }
        return peerFile(located, wire, { tell: tellOf(key), context })
      })
    })
  },
}

interface ListedBlob {
  readonly key: string
  readonly size: number
  readonly contentType: string | undefined
}

async function listBlobs(
  options: AzureOptions,
  wire: Wire,
  most: number | undefined,
): Promise<readonly ListedBlob[]> {
  const { blob_prefix: prefix = '' } = options
  return await readPages(async (marker) => {
    const query = { restype: 'container', comp: 'list', prefix, ...(marker && { marker }) }
    const xml = readXml(
      (await wire.ask({ url: withAccess(containerUrl(options), options, query) })).text,
    )
    const items = xml.all('Blob').map((blob) => ({
      key: blob.text('Name') ?? '',
      size: Number(blob.text('Content-Length')),
      contentType: blob.text('Content-Type'),
    }))
    return { items: items.filter(({ key }) => !key.endsWith('/')), next: xml.text('NextMarker') }
  }, most)
}
