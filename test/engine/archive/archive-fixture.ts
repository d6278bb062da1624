import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import * as z from 'zod/mini'
import type { PlannedFile } from '../../../src/engine/archive/plan-files.ts'
import type { FetchedFile } from '../../../src/fetching/fetched-file.ts'

const run = promisify(execFile)

/** A source that brings `chunks`. */
export function sourceOf(
  chunks: string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  facts: Partial<FetchedFile> = {},
): FetchedFile {
  const content =
    typeof chunks === 'string' || chunks instanceof Uint8Array
      ? Readable.from([Buffer.from(chunks)])
      : Readable.from(chunks)
  return { content, size: undefined, date: undefined, start: 0, version: undefined, ...facts }
}

/** Files to archive, each with a URL that ends with its path and a signature. */
export function planned(paths: readonly string[]): PlannedFile[] {
  return paths.map((path, index) => ({
    index,
    url: `https://example.com/${path}?sig=secret`,
    path,
  }))
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** Data that no method makes shorter, the same for the same seed. */
export function noise(bytes: number, seed = 0): Buffer {
  const data = Buffer.alloc(bytes)
  let state = seed
  for (let at = 0; at + 4 <= bytes; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    data.writeUInt32LE(state, at)
  }
  return data
}

const listSchema = z.array(
  z.object({
    path: z.string(),
    size: z.number(),
    deflated: z.boolean(),
    time: z.array(z.number()),
    sha256: z.string(),
    offset: z.number(),
  }),
)

/** A file of an archive as another program reads it. */
export type ListedFile = z.infer<typeof listSchema>[number]

const LIST = `
import hashlib, json, sys, zipfile
files = []
with zipfile.ZipFile(sys.argv[1]) as archive:
    for info in archive.infolist():
        if info.flag_bits != 0x800:
            sys.exit('the name is not said to be in UTF-8, or the sizes are behind the data')
        digest = hashlib.sha256()
        with archive.open(info) as content:
            while info.filename not in sys.argv[2:] and (chunk := content.read(1 << 20)):
                digest.update(chunk)
        files.append({'path': info.filename, 'size': info.file_size, 'deflated': info.compress_type == 8,
                      'time': info.date_time, 'sha256': digest.hexdigest(), 'offset': info.header_offset})
json.dump(files, sys.stdout)
`

/** The tools that look into archives here. */
export const ZIP_TOOLS = ['unzip', 'Python'] as const

/**
 * Has an archive read by unzip, zipinfo and Python, none of which may find anything wrong with it.
 *
 * @param options.unread - files whose data takes too long to read
 */
export async function readArchive(
  path: string,
  { unread = [] }: { readonly unread?: readonly string[] } = {},
): Promise<readonly ListedFile[]> {
  const options = { maxBuffer: 64 * 1024 * 1024, encoding: 'utf8' } as const
  const excluded = unread.length === 0 ? [] : ['-x', ...unread]
  const [{ stdout }] = await Promise.all([
    run('python3', ['-c', LIST, path, ...unread], options),
    run('unzip', ['-tqq', path, ...excluded], options),
    run('zipinfo', [path], options),
  ])
  return listSchema.parse(JSON.parse(stdout))
}

/** The most memory that a process has had, in bytes, when it runs `script` as a module. */
export async function peakMemory(script: string): Promise<number> {
  const measured = `${script}\nconsole.log(process.resourceUsage().maxRSS)`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', measured])
  return Number(stdout) * 1024
}
