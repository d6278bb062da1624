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
import { S3_SECRETS, s3ImportOptions } from './s3-options.ts'
import { bucketUrl, openS3Wire } from './s3-wire.ts'

/** Files of a bucket of Amazon S3, or of one of the many stores that speak its language. */
export const s3Import: ImportPeer = {
  options: s3ImportOptions,
  secrets: S3_SECRETS,
  async find(given, context) {
    const options = z.parse(s3ImportOptions, given)
    const { key, key_prefix: prefix = '', bucket, filename } = options
    const wire = openS3Wire(options, context)
    const base = bucketUrl(options)
    const secrets = secretsOf(given, S3_SECRETS)
    const where = `the bucket “${bucket}” at ${new URL(base).host}`
    const tellOf = (name: string) => ({
      what: `“${name}” could not be fetched from ${where}`,
      secrets,
    })
    if (key !== undefined) {
      const tell = tellOf(key)
      return await telling(tell, async () => {
        const url = objectUrl(base, key)
        const { size, contentType } = await wire.look(url)
        const name = nameOf(filename ?? key)
        return [peerFile({ name, size, contentType, url }, wire, { tell, context })]
      })
    }
    const tell = { what: `What begins with “${prefix}” could not be listed in ${where}`, secrets }
    const objects = await telling(tell, () => listObjects(base, prefix, wire, context.mostFiles))
    return objects.map((object) => {
      const url = objectUrl(base, object.key)
      const facts = { name: nameOf(object.key), size: object.size, contentType: undefined, url }
      return peerFile(facts, wire, { tell: tellOf(object.key), context })
    })
  },
}

interface ListedObject {
  readonly key: string
  readonly size: number
}

async function listObjects(
  base: string,
  prefix: string,
  wire: Wire,
  most: number | undefined,
): Promise<readonly ListedObject[]> {
  return await readPages(async (token) => {
    const url = new URL(base)
    url.searchParams.set('list-type', '2')
    url.searchParams.set('prefix', prefix)
    // XML has no control characters, which keys may have.
    url.searchParams.set('encoding-type', 'url')
    if (token !== undefined) url.searchParams.set('continuation-token', token)
    const xml = readXml((await wire.ask({ url })).text)
    const isEncoded = xml.text('EncodingType') === 'url'
    const objects = xml.all('Contents').map((object) => {
      const key = object.text('Key') ?? ''
      return {
        key: isEncoded ? decodeURIComponent(key.replaceAll('+', ' ')) : key,
        size: Number(object.text('Size')),
      }
    })
    return {
      // What ends with a slash stands for a folder.
      items: objects.filter(({ key }) => !key.endsWith('/')),
      next: xml.text('NextContinuationToken'),
    }
  }, most)
}
