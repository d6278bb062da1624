import * as z from 'zod/mini'
import { findFiles, type ListedFile } from '../http/find-files.ts'
import { objectUrl } from '../http/object-url.ts'
import type { Wire } from '../http/wire.ts'
import { readXml } from '../http/xml.ts'
import { readPages } from '../listing.ts'
import type { ImportPeer } from '../peer.ts'
import { secretsOf } from '../secrets.ts'
import { AZURE_SECRETS, type AzureOptions, azureOptions } from './azure-options.ts'
import { containerUrl, openAzureWire, withAccess } from './azure-wire.ts'

/** Blobs of a container of Azure Blob Storage. */
export const azureImport: ImportPeer = {
  options: azureOptions,
  secrets: AZURE_SECRETS,
  async find(given, context) {
    const options = z.parse(azureOptions, given)
    const { blob: key, blob_prefix: prefix = '', container, filename } = options
    const wire = openAzureWire(options, context)
    const base = containerUrl(options)
    const urlOf = (name: string): URL => withAccess(objectUrl(base, name), options)
    return await findFiles(
      { key, prefix, filename },
      {
        where: `the container “${container}” at ${new URL(base).host}`,
        secrets: secretsOf(given, AZURE_SECRETS),
        context,
        enter: () => ({
          wire,
          urlOf,
          look: (name) => wire.look(urlOf(name)),
          list: () => listBlobs(options, wire, context.mostFiles),
        }),
      },
    )
  },
}

async function listBlobs(
  options: AzureOptions,
  wire: Wire,
  most: number | undefined,
): Promise<readonly ListedFile[]> {
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
