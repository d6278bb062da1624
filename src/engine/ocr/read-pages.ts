import { OperationError } from '../../base/operation-error.ts'
import { type UnreadPage } from './unread-pages.ts'

/** Reads one page; rejects with an {@link OperationError} when that cannot be done, and nothing is wrong with others. */
export type ReadPage<Page, Read> = (page: Page, signal: AbortSignal) => Promise<Read>

/**
 * Reads pages, as many at a time as there are readers. Those that cannot be read are left out, unless that is all of them.
 *
 * @param progress - is told how many have been read or left out
 * @throws {@link OperationError} what is wrong with the first page, when none can be read
 */
export async function readPages<Page extends { readonly number: number }, Read>(
  pages: readonly Page[],
  readers: readonly ReadPage<Page, Read>[],
  options: { readonly signal: AbortSignal; readonly progress: (done: number) => void },
): Promise<{ readonly read: readonly Read[]; readonly unread: readonly UnreadPage[] }> {
  const failing = new AbortController()
  const signal = AbortSignal.any([options.signal, failing.signal])
  const read: Read[] = []
  const unread: UnreadPage[] = []
  const next = pages.values()
  const work = async (reader: ReadPage<Page, Read>): Promise<void> => {
    for (const page of next) {
      try {
        read.push(await reader(page, signal))
      } catch (error) {
        if (!(error instanceof OperationError)) throw error
        unread.push({ number: page.number, error })
      }
      options.progress(read.length + unread.length)
    }
  }
  const lanes = readers.map((reader) =>
    work(reader).catch((error: unknown) => {
      failing.abort(error)
      throw error
    }),
  )
  await Promise.allSettled(lanes)
  await Promise.all(lanes)
  const [first] = unread.toSorted((one, other) => one.number - other.number)
  if (first !== undefined && read.length === 0) throw first.error
  return { read, unread }
}
