import * as z from 'zod/mini'
import { objectUrl } from '../http/object-url.ts'
import type { Wire } from '../http/wire.ts'
import { partsOf, readPart, sendParts } from '../parts.ts'
import { telling } from '../peer-error.ts'
import type { ExportPeer, OutgoingFile, PutContext } from '../peer.ts'
import { secretsOf } from '../secrets.ts'
import { AZURE_SECRETS, type AzureOptions, azureOptions } from './azure-options.ts'
import { containerUrl, openAzureWire, withAccess } from './azure-wire.ts'

/** In bytes; Azure takes 50,000 blocks. */
const BLOCKS = { bytes: 16 * 1024 * 1024, most: 50_000 } as const
const PARALLEL = 3

/** Files into a container of Azure Blob Storage; a large one in blocks, of which it forgets those that make no blob. */
export const azureExport: ExportPeer = {
  options: azureOptions,
  secrets: AZURE_SECRETS,
  async put(given, file, context) {
    const options = z.parse(azureOptions, given)
    const { blob, blob_prefix: prefix = '', container } = options
    const name = blob ?? `${prefix}${file.name}`
    const base = containerUrl(options)
    const where = `the container “${container}” at ${new URL(base).host}`
    const secrets = secretsOf(given, AZURE_SECRETS)
    const wire = openAzureWire(options, context)
    try {
      await telling({ what: `“${name}” could not be put into ${where}`, secrets }, async () => {
        const target = { url: objectUrl(base, name), options, wire }
        if (file.size <= BLOCKS.bytes) await putWhole(target, file, context)
        else await putBlocks(target, file, context)
      })
    } finally {
      wire.close()
    }
  },
}

interface Target {
  readonly url: URL
  readonly options: AzureOptions
  readonly wire: Wire
}

async function putWhole(
  { url, options, wire }: Target,
  file: OutgoingFile,
  { progress }: PutContext,
): Promise<void> {
  const { size, contentType } = file
  await wire.ask({
    method: 'PUT',
    url: withAccess(url, options),
    headers: {
      'content-length': String(size),
      'content-type': contentType,
      'x-ms-blob-type': 'BlockBlob',
    },
    body: () => readPart(file, { start: 0, size }, progress),
  })
}

async function putBlocks(
  { url, options, wire }: Target,
  file: OutgoingFile,
  { signal: wanted, progress }: PutContext,
): Promise<void> {
  const sending = { parallel: PARALLEL, signal: wanted, progress }
  const ids = await sendParts(
    partsOf(file.size, BLOCKS),
    sending,
    async (part, onBytes, signal) => {
      const blockid = Buffer.from(String(part.index).padStart(6, '0')).toString('base64')
      await wire.ask({
        method: 'PUT',
        url: withAccess(url, options, { comp: 'block', blockid }),
        headers: { 'content-length': String(part.size) },
        body: () => readPart(file, part, onBytes),
        signal,
      })
      return blockid
    },
  )
  const list = ids.map((id) => `<Latest>${id}</Latest>`).join('')
  await wire.ask({
    method: 'PUT',
    url: withAccess(url, options, { comp: 'blocklist' }),
    headers: { 'content-type': 'application/xml', 'x-ms-blob-content-type': file.contentType },
    isSlow: true,
    body: `<?xml version="1.0" encoding="utf-8"?><BlockList>${list}</BlockList>`,
  })
}
