import { createWriteStream } from 'node:fs'
import { type Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { corruptSource } from '../../base/operation-error.ts'
import type { ReadableArchive } from './archive-entry.ts'
import { counted, isDamage } from './read-tar.ts'

/** Reads a file that is compressed by itself, without a name: the only entry of what is no archive. */
export function singleFile(options: {
  readonly openStream: () => Readable
  readonly archiveBytes: number
  readonly title: string
}): ReadableArchive {
  const { openStream, archiveBytes, title } = options
  return {
    async read(targets, signal) {
      const path = targets.get(1)
      let size = 0
      async function* measured(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
        for await (const chunk of counted(chunks, archiveBytes)) {
          size += chunk.length
          yield chunk
        }
      }
      const target = path === undefined ? nowhere() : createWriteStream(path, { flags: 'wx' })
      try {
        await pipeline(openStream(), measured, target, { signal })
      } catch (error) {
        signal.throwIfAborted()
        throw isDamage(error) ? corruptSource(title, { cause: error }) : error
      }
      return [{ number: 1, path: undefined, size, kind: 'file' }]
    },
  }
}

/** Takes bytes that nobody wants. */
function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}
