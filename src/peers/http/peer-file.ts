import { retrying } from '../../fetching/resume.ts'
import { type Telling, telling, tellingContent } from '../peer-error.ts'
import type { PeerContext, PeerFile } from '../peer.ts'
import type { Wire } from './wire.ts'

/** A file behind a URL of a peer. */
interface Located extends Omit<PeerFile, 'open'> {
  readonly url: URL
}

/** Makes a {@link PeerFile} of what a peer has behind a URL. */
export function peerFile(
  { url, ...facts }: Located,
  wire: Wire,
  { tell, context }: { readonly tell: Telling; readonly context: PeerContext },
): PeerFile {
  const openAgain = retrying((href, request) => wire.open(href, request), context)
  return {
    ...facts,
    async open(from, signal) {
      // A range that begins at the end is none.
      if (facts.size !== undefined && from >= facts.size) return nothing()
      const either = AbortSignal.any([context.signal, signal])
      return await telling(tell, async () => {
        const { content } = await openAgain(url.href, { from, signal: either })
        return tellingContent(tell, content)
      })
    },
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
