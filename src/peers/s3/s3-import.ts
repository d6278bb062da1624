import * as z from 'zod/mini'
import { findFiles, type ListedFile } from '../http/find-files.ts'
import { objectUrl } from '../http/object-url.ts'
import type { Wire } from '../http/wire.ts'
import { readXml } from '../http/xml.ts'
import { readPages } from '../listing.ts'
import type { ImportPeer } from '../peer.ts'
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
    const urlOf = (name: string): URL => objectUrl(base, name)
    return await findFiles(
      { key, prefix, filename },
      {
        where: `the bucket “${bucket}” at ${new URL(base).host}`,
        secrets: secretsOf(given, S3_SECRETS),
        context,
        enter: () => ({
          wire,
          urlOf,
          look: (name) => wire.look(urlOf(name)),
          list: () => listObjects(base, prefix, wire, context.mostFiles),
        }),
      },
    )
  },
}

async function listObjects(
  base: string,
  prefix: string,
  wire: Wire,
  most: number | undefined,
): Promise<readonly ListedFile[]> {
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
        contentType: undefined,
      }
    })
    return {
      // What ends with a slash stands for a folder.
      items: objects.filter(({ key }) => !key.endsWith('/')),
      next: xml.text('NextContinuationToken'),
    }
  }, most)
}
