import * as z from 'zod/mini'
import { encodeSegment, objectUrl } from '../http/object-url.ts'
import { type FilePart, partsOf, readPart, sendParts } from '../parts.ts'
import { telling } from '../peer-error.ts'
import type { ExportPeer, OutgoingFile, PutContext } from '../peer.ts'
import { secretsOf } from '../secrets.ts'
import { type SwiftAccount, signIn } from './keystone.ts'
import { OPENSTACK_SECRETS, openstackOptions } from './openstack-options.ts'

/** In bytes; Swift takes 1000 segments unless it is told otherwise. */
const SEGMENTS = { bytes: 32 * 1024 * 1024, most: 1000 } as const
const PARALLEL = 3
const CLEANUP_MS = 10_000

/**
 * Files into a container of OpenStack's object storage. A large one goes in segments, into a container beside that one as
 * OpenStack's own client has it (`NAME_segments`), and a manifest makes one object of them.
 */
export const openstackExport: ExportPeer = {
  options: openstackOptions,
  secrets: OPENSTACK_SECRETS,
  async put(given, file, context) {
    const options = z.parse(openstackOptions, given)
    const { file_prefix: prefix = '', container, region } = options
    const name = options.file ?? `${prefix}${file.name}`
    const tell = {
      what: `“${name}” could not be put into the container “${container}” of ${region}`,
      secrets: secretsOf(given, OPENSTACK_SECRETS),
    }
    await telling(tell, async () => {
      const account = await signIn(options, context)
      try {
        const target = { account, container, name }
        if (file.size <= SEGMENTS.bytes) await putWhole(target, file, context)
        else await putSegments(target, file, context)
      } finally {
        account.wire.close()
      }
    })
  },
}

interface Target {
  readonly account: SwiftAccount
  readonly container: string
  readonly name: string
}

async function putWhole(
  { account, container, name }: Target,
  file: OutgoingFile,
  { progress }: PutContext,
): Promise<void> {
  const { size, contentType } = file
  await account.wire.ask({
    method: 'PUT',
    url: objectUrl(`${account.url}/${encodeSegment(container)}`, name),
    headers: { 'content-length': String(size), 'content-type': contentType },
    body: () => readPart(file, { start: 0, size }, progress),
  })
}

async function putSegments(
  { account, container, name }: Target,
  file: OutgoingFile,
  context: PutContext,
): Promise<void> {
  const { url: base, wire } = account
  const beside = `${container}_segments`
  await wire.ask({ method: 'PUT', url: new URL(`${base}/${encodeSegment(beside)}`), body: '' })
  // Those of an upload of the same name at the same time are others.
  const folder = `${name}/${Date.now()}-${crypto.randomUUID()}`
  const nameOf = ({ index }: FilePart) => `${folder}/${String(index).padStart(8, '0')}`
  const urlOf = (part: FilePart) => objectUrl(`${base}/${encodeSegment(beside)}`, nameOf(part))
  const parts = partsOf(file.size, SEGMENTS)
  const { signal: wanted, progress } = context
  try {
    const manifest = await sendParts(
      parts,
      { parallel: PARALLEL, signal: wanted, progress },
      async (part, onBytes, signal) => {
        const { headers } = await wire.ask({
          method: 'PUT',
          url: urlOf(part),
          headers: { 'content-length': String(part.size) },
          body: () => readPart(file, part, onBytes),
          signal,
        })
        const etag = headers.etag?.replaceAll('"', '')
        return { path: `/${beside}/${nameOf(part)}`, etag, size_bytes: part.size }
      },
    )
    const url = objectUrl(`${base}/${encodeSegment(container)}`, name)
    url.searchParams.set('multipart-manifest', 'put')
    const headers = { 'content-type': file.contentType }
    const body = JSON.stringify(manifest)
    await wire.ask({ method: 'PUT', url, headers, body, isSlow: true })
  } catch (error) {
    const signal = AbortSignal.timeout(CLEANUP_MS)
    // What counts is why it was given up; the last of them may never have come.
    const deleted = parts.map((part) =>
      wire.askOnce({ method: 'DELETE', url: urlOf(part), signal }),
    )
    await Promise.allSettled(deleted)
    throw error
  }
}
