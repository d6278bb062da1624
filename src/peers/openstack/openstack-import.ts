import * as z from 'zod/mini'
import { parseJson } from '../../base/json.ts'
import { encodeSegment, objectUrl } from '../http/object-url.ts'
import { peerFile } from '../http/peer-file.ts'
import { readPages } from '../listing.ts'
import { nameOf } from '../name-of.ts'
import type { ImportPeer } from '../peer.ts'
import { telling } from '../peer-error.ts'
import { Refusal } from '../refusal.ts'
import { secretsOf } from '../secrets.ts'
import { type SwiftAccount, signIn } from './keystone.ts'
import { OPENSTACK_SECRETS, openstackOptions } from './openstack-options.ts'

const listSchema = z.array(
  z.object({
    // A folder has no name, but a `subdir`.
    name: z.optional(z.string()),
    bytes: z._default(z.number(), 0),
    content_type: z.optional(z.string()),
  }),
)

/** Objects of a container of OpenStack's object storage. */
export const openstackImport: ImportPeer = {
  options: openstackOptions,
  secrets: OPENSTACK_SECRETS,
  async find(given, context) {
    const options = z.parse(openstackOptions, given)
    const { file, file_prefix: prefix = '', container, filename } = options
    const secrets = secretsOf(given, OPENSTACK_SECRETS)
    const where = `the container “${container}” of ${options.region}`
    const tellOf = (what: string) => ({
      what: `“${what}” could not be fetched from ${where}`,
      secrets,
    })
    if (file !== undefined) {
      const tell = tellOf(file)
      return await telling(tell, async () => {
        const { url: account, wire } = await signIn(options, context)
        const url = objectUrl(`${account}/${encodeSegment(container)}`, file)
        const { size, contentType } = await wire.look(url)
        const name = nameOf(filename ?? file)
        return [peerFile({ name, size, contentType, url }, wire, { tell, context })]
      })
    }
    const tell = { what: `What begins with “${prefix}” could not be listed in ${where}`, secrets }
    return await telling(tell, async () => {
      const account = await signIn(options, context)
      const base = `${account.url}/${encodeSegment(container)}`
      const found = await listObjects(base, prefix, { account, most: context.mostFiles })
      return found.map(({ key, ...facts }) => {
        const located = { name: nameOf(key), ...facts, url: objectUrl(base, key) }
        return peerFile(located, account.wire, { tell: tellOf(key), context })
      })
    })
  },
}

async function listObjects(
  base: string,
  prefix: string,
  { account, most }: { readonly account: SwiftAccount; readonly most: number | undefined },
) {
  return await readPages(async (marker) => {
    const url = new URL(base)
    url.searchParams.set('format', 'json')
    url.searchParams.set('prefix', prefix)
    if (marker !== undefined) url.searchParams.set('marker', marker)
    const { text } = await account.wire.ask({ url })
    const answer = z.safeParse(listSchema, text === '' ? [] : parseJson(text))
    if (!answer.success) throw new Refusal('failed', 'the server answered no listing')
    const items = answer.data.flatMap(({ name, bytes, content_type: contentType }) =>
      name === undefined || name.endsWith('/') ? [] : [{ key: name, size: bytes, contentType }],
    )
    // The page after the last one is empty.
    return { items, next: answer.data.at(-1)?.name }
  }, most)
}
