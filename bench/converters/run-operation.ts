import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Operation } from '../../src/engine/operation.ts'

/** The URL of a file on the disk, as options name files. */
export function urlOf(file: string): string {
  return `https://disk${encodeURI(file)}`
}

/**
 * Has an operation make one thing, and removes it.
 *
 * @param options.sources - their paths; those that options name are behind {@link urlOf}
 * @returns how many bytes it has
 */
export async function runOperation<Options>(
  operation: Operation<Options>,
  wanted: Options,
  { sources = [], folder }: { readonly sources?: readonly string[]; readonly folder: string },
): Promise<number> {
  const own = await mkdtemp(path.join(folder, 'run-'))
  try {
    const [making] = operation.run({
      sources: sources.map((source) => ({ path: source, name: path.basename(source) })),
      wanted: [wanted],
      folder: own,
      async fetch(url, { from, signal }) {
        const file = decodeURI(new URL(url).pathname)
        const content = createReadStream(file, { start: from, signal })
        const { size } = await stat(file)
        return { content, size, date: undefined, start: from, version: undefined }
      },
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    const [made] = (await making) ?? []
    if (made === undefined) throw new Error('Nothing was made.')
    return (await stat(made.path)).size
  } finally {
    await rm(own, { recursive: true, force: true })
  }
}
