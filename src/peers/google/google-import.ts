import * as z from 'zod/mini'
import { parseJson } from '../../base/json.ts'
import { findFiles, type ListedFile } from '../http/find-files.ts'
import { encodeSegment } from '../http/object-url.ts'
import type { Reply, Wire } from '../http/wire.ts'
import { readPages } from '../listing.ts'
import type { ImportPeer } from '../peer.ts'
import { Refusal } from '../refusal.ts'
import { secretsOf } from '../secrets.ts'
import { GOOGLE_SECRETS, googleOptions } from './google-options.ts'
import { objectsUrl, openGoogleWire } from './google-wire.ts'

const objectSchema = z.object({
  name: z.string(),
  size: z.coerce.number(),
  contentType: z.optional(z.string()),
})
const listSchema = z.object({
  items: z._default(z.array(objectSchema), []),
  nextPageToken: z.optional(z.string()),
})

/** Objects of a bucket of Google Cloud Storage. */
export const googleImport: ImportPeer = {
  options: googleOptions,
  secrets: GOOGLE_SECRETS,
  async find(given, context) {
    const options = z.parse(googleOptions, given)
    const { file: key, file_prefix: prefix = '', bucket, filename } = options
    const wire = openGoogleWire(options, context)
    const base = objectsUrl(options, context)
    const factsUrl = (name: string): URL => new URL(`${base}/${encodeSegment(name)}`)
    return await findFiles(
      { key, prefix, filename },
      {
        where: `the bucket “${bucket}” of Google Cloud Storage`,
        secrets: secretsOf(given, GOOGLE_SECRETS),
        context,
        enter: () => ({
          wire,
          urlOf(name) {
            const url = factsUrl(name)
            url.searchParams.set('alt', 'media')
            return url
          },
          look: async (name) =>
            toListed(read(objectSchema, await wire.ask({ url: factsUrl(name) }))),
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
    url.searchParams.set('prefix', prefix)
    if (token !== undefined) url.searchParams.set('pageToken', token)
    const { items, nextPageToken } = read(listSchema, await wire.ask({ url }))
    const files = items.filter(({ name }) => !name.endsWith('/'))
    return { items: files.map(toListed), next: nextPageToken }
  }, most)
}

function toListed({ name, size, contentType }: z.infer<typeof objectSchema>): ListedFile {
  return { key: name, size, contentType }
}

function read<T>(schema: z.ZodMiniType<T>, { text }: Reply): T {
  const answer = z.safeParse(schema, parseJson(text))
  if (answer.success) return answer.data
  throw new Refusal('failed', 'the server answered something else than what was asked for')
}
