import { mkdtemp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import {
  type ReportedEntry,
  type UnpackOptions,
  unpack,
} from '../../../src/engine/archive/unpack.ts'

const reportSchema = z.object({
  entries: z.array(
    z.object({
      entry: z.int(),
      path: z.nullable(z.string()),
      size: z.int(),
      kind: z.enum(['file', 'folder', 'link', 'device', 'unclear']),
    }),
  ),
})

/** Runs the operation in a folder of its own below `folder`. */
async function run(
  path: string,
  folder: string,
  wanted: readonly UnpackOptions[],
  signal = new AbortController().signal,
) {
  return unpack.run({
    sources: [{ path }],
    wanted,
    folder: await mkdtemp(join(folder, 'unpack-')),
    fetch: () => Promise.reject(new Error('nothing is fetched')),
    signal,
    progress: () => undefined,
  })
}

/** What an archive says that is in it. */
export async function reportOf(
  path: string,
  folder: string,
  password?: string,
): Promise<ReportedEntry[]> {
  const [made] = await run(path, folder, [{ password }])
  const [file] = (await made) ?? []
  return reportSchema.parse(JSON.parse(await readFile(file?.path ?? '', 'utf8'))).entries
}

/** The bytes of entries, or why there are none, in words. */
export async function unpackEntries(
  path: string,
  folder: string,
  entries: readonly number[],
  options: { readonly password?: string; readonly signal?: AbortSignal } = {},
): Promise<(Buffer | string)[]> {
  const { password, signal } = options
  const wanted = entries.map((entry) => ({ entry, password }))
  const made = await run(path, folder, wanted, signal)
  return Promise.all(made.map((each) => each.then(([file]) => readFile(file?.path ?? ''), String)))
}
