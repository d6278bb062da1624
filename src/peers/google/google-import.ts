import * as z from 'zod/mini'
import { parseJson } from '../../base/json.ts'
import { encodeSegment } from '../http/object-url.ts'
import { peerFile } from '../http/peer-file.ts'
import type { Reply } from '../http/wire.ts'
import { readPages } from '../listing.ts'
import { nameOf } from '../name-of.ts'
import type { ImportPeer } from '../peer.ts'
import { telling } from '../peer-error.ts'
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
    const { file, file_prefix: prefix = '', bucket, filename } = options
    const wire = openGoogleWire(options, context)
    const base = objectsUrl(options, context)
    const secrets = secretsOf(given, GOOGLE_SECRETS)
    const where = `the bucket “${bucket}” of Google Cloud Storage`
    const tellOf = (what: string) => ({
      what: `“${what}” could not be fetched from ${where}`,
      secrets,
    })
    const urlOf = (name: string) => new URL(`${base}/${encodeSegment(name)}`)
    const toFile = ({ name, ...facts }: z.infer<typeof objectSchema>) => {
      const url = urlOf(name)
      url.searchParams.set('alt', 'media')
      const located = {
        name: nameOf(file === undefined ? name : (filename ?? name)),
        size: facts.size,
        contentType: facts.contentType,
        url,
      }
      return peerFile(located, wire, { tell: tellOf(name), context })
    }
    if (file !== undefined) {
      return await telling(tellOf(file), async () => [
        toFile(read(objectSchema, await wire.ask({ url: urlOf(file) }))),
      ])
    }
    const tell = { what: `What begins with “${prefix}” could not be listed in ${where}`, secrets }
    const found = await telling(tell, () =>
      readPages(async (token) => {
        const url = new URL(base)
        url.searchParams.set('prefix', prefix)
        if (token !== undefined) url.searchParams.set('pageToken', token)
        const { items, nextPageToken } = read(listSchema, await wire.ask({ url }))
        return { items: items.filter(({ name }) => !name.endsWith('/')), next: nextPageToken }
      }, context.mostFiles),
    )
    return found.map(toFile)
  },
}

function read<T>(schema: z.ZodMiniType<T>, { text }: Reply): T {
  const answer = z.safeParse(schema, parseJson(text))
  if (answer.success) return answer.data
  throw new Refusal('failed', 'the server answered something else than what was asked for')
}
