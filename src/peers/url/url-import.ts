import * as z from 'zod/mini'
import { createEnding } from '../../base/ending.ts'
import { nameUrl } from '../../base/redact.ts'
import { openUrl, type UrlFile } from '../../fetching/open-url.ts'
import { openConnections } from '../../fetching/reach.ts'
import { retrying } from '../../fetching/resume.ts'
import { nameOf } from '../name-of.ts'
import { telling, tellingContent } from '../peer-error.ts'
import type { ImportPeer } from '../peer.ts'
import { secretsOf } from '../secrets.ts'
import { urlFileName } from './url-file-name.ts'
import { sentHeaders, URL_SECRETS, urlImportOptions } from './url-options.ts'

/** The file behind a URL. */
export const urlImport: ImportPeer = {
  options: urlImportOptions,
  secrets: URL_SECRETS,
  async find(given, context) {
    const { url, filename, headers } = z.parse(urlImportOptions, given)
    const connections = openConnections(context.reach, context.ownStorage)
    const { idleMs } = context
    const sent = sentHeaders(headers)
    const tell = {
      what: `The file could not be fetched from ${nameUrl(url)}`,
      secrets: secretsOf(given, ['headers']),
    }
    const openAgain = retrying<UrlFile>(
      (href, request) =>
        openUrl(href, { ...request, headers: sent, idleMs, connections, mayBePlain: true }),
      context,
    )
    // A signed URL may be good for one request only: what is opened for its name is what is read.
    let opened: UrlFile | undefined = await telling(tell, () =>
      openAgain(url, { from: 0, signal: context.signal }),
    )
    const { size, contentType } = opened
    return [
      {
        name: filename === undefined ? urlFileName(opened) : nameOf(filename),
        size,
        contentType,
        async open(from, signal) {
          const either = AbortSignal.any([context.signal, signal])
          const first = from === 0 ? opened : undefined
          opened = undefined
          return await telling(tell, async () => {
            const { content } = first ?? (await openAgain(url, { from, signal: either }))
            return tellingContent(tell, ending(content, either))
          })
        },
      },
    ]
  },
}

/** Ends a content with a signal that came after it was opened. */
async function* ending(
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const chunks = content[Symbol.asyncIterator]()
  const { end, unless } = createEnding()
  const abort = (): void => end(signal.reason)
  signal.addEventListener('abort', abort)
  try {
    for (;;) {
      signal.throwIfAborted()
      const next = await unless(chunks.next())
      if (next.done === true) return
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', abort)
    // One that hangs is not waited for.
    void chunks.return?.()
  }
}
