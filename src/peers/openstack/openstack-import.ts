import * as z from 'zod/mini'
import { parseJson } from '../../base/json.ts'
import { findFiles } from '../http/find-files.ts'
import { encodeSegment, objectUrl } from '../http/object-url.ts'
import { readPages } from '../listing.ts'
import type { ImportPeer } from '../peer.ts'
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
    const { file: key, file_prefix: prefix = '', container, filename } = options
    return await findFiles(
      { key, prefix, filename },
      {
        where: `the container “${container}” of ${options.region}`,
        secrets: secretsOf(given, OPENSTACK_SECRETS),
        context,
        async enter() {
          const account = await signIn(options, context)
          const { wire } = account
          const base = `${account.url}/${encodeSegment(container)}`
          const urlOf = (name: string): URL => objectUrl(base, name)
          return {
            wire,
            urlOf,
            look: (name) => wire.look(urlOf(name)),
            list: () => listObjects(base, prefix, { account, most: context.mostFiles }),
          }
        },
      },
    )
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
