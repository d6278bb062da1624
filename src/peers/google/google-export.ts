import * as z from 'zod/mini'
import type { Reply, Wire } from '../http/wire.ts'
import { readPart } from '../parts.ts'
import { telling } from '../peer-error.ts'
import type { ExportPeer, OutgoingFile, PutContext } from '../peer.ts'
import { persist } from '../persist.ts'
import { Refusal } from '../refusal.ts'
import { secretsOf } from '../secrets.ts'
import { GOOGLE_SECRETS, googleOptions } from './google-options.ts'
import { objectsUrl, openGoogleWire } from './google-wire.ts'

/** Google's word for an upload that has not all of its bytes yet. */
const INCOMPLETE = 308

/** Files into a bucket of Google Cloud Storage, by its resumable uploads: one that breaks off goes on where Google has it. */
export const googleExport: ExportPeer = {
  options: googleOptions,
  secrets: GOOGLE_SECRETS,
  async put(given, file, context) {
    const options = z.parse(googleOptions, given)
    const { file_prefix: prefix = '', bucket } = options
    const name = options.file ?? `${prefix}${file.name}`
    const where = `the bucket “${bucket}” of Google Cloud Storage`
    const tell = {
      what: `“${name}” could not be put into ${where}`,
      secrets: secretsOf(given, GOOGLE_SECRETS),
    }
    const wire = openGoogleWire(options, context)
    try {
      await telling(tell, async () => {
        const url = new URL(objectsUrl(options, context, '/upload'))
        url.searchParams.set('uploadType', 'resumable')
        url.searchParams.set('name', name)
        const session = await begin(url, file, wire)
        await upload(session, file, { wire, context })
      })
    } finally {
      wire.close()
    }
  },
}

async function begin(url: URL, { size, contentType }: OutgoingFile, wire: Wire): Promise<URL> {
  const { headers } = await wire.ask({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'x-upload-content-type': contentType,
      'x-upload-content-length': String(size),
    },
    body: JSON.stringify({ contentType }),
  })
  const session = URL.parse(headers.location ?? '', url.href)
  if (session?.origin === url.origin) return session
  throw new Refusal('failed', 'the server did not begin an upload')
}

async function upload(
  session: URL,
  file: OutgoingFile,
  { wire, context }: { readonly wire: Wire; readonly context: PutContext },
): Promise<void> {
  const { size } = file
  // How far Google has it is asked only after something went wrong.
  let from: number | 'all' | undefined = 0
  await persist(async () => {
    from ??= await findProgress(session, size, wire)
    const start = from
    from = undefined
    if (start === 'all') return
    const left = size - start
    const headers = {
      'content-length': String(left),
      'content-range': left === 0 ? `bytes */${size}` : `bytes ${start}-${size - 1}/${size}`,
    }
    const onBytes = (bytes: number) => context.progress(start + bytes)
    const body = () => readPart(file, { start, size: left }, onBytes)
    const reply = await wire.askOnce({ method: 'PUT', url: session, headers, body }, [INCOMPLETE])
    if (reply.status !== INCOMPLETE) return
    throw new Refusal('failed', 'the server took a part of it only', { temporary: true })
  }, context)
}

async function findProgress(session: URL, size: number, wire: Wire): Promise<number | 'all'> {
  const headers = { 'content-range': `bytes */${size}` }
  const reply: Reply = await wire.askOnce({ method: 'PUT', url: session, headers, body: '' }, [
    INCOMPLETE,
  ])
  if (reply.status !== INCOMPLETE) return 'all'
  // Without a Range it has none of it.
  const last = /^bytes=0-(\d+)$/.exec(reply.headers.range ?? '')?.[1]
  return last === undefined ? 0 : Number(last) + 1
}
