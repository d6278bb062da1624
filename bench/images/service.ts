import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import {
  linkOf,
  presign,
  readJournal,
  register,
  sendProcess,
  signIn,
  trust,
  upload,
} from '../../test/e2e/api-client.ts'
import { startServiceProcess } from '../../test/e2e/service-process.ts'
import { time } from '../measure.ts'
import type { Contender } from './contenders.ts'
import type { Request } from './job.ts'

/**
 * The whole service, as a client of it sees it: from `/process` to the event of the last rendition in the journal, and
 * in between the download of the source, the worker action under the SDK, and the uploads.
 *
 * @param folder - for the service's state
 */
export async function createService(folder: string): Promise<Contender> {
  const service = await startServiceProcess({ home: folder })
  const { origin } = service
  trust(folder)
  const headers = await signIn(origin, folder)
  const journal = await register(origin, headers)
  const sources = new Map<string, Promise<string>>()
  const targets = new Map<string, Promise<string>>()

  const putSource = async (file: string): Promise<string> =>
    upload(origin, headers, `sources/${path.basename(file)}`, new Uint8Array(await readFile(file)))

  const sourceOf = (file: string): Promise<string> => once(sources, file, () => putSource(file))

  const targetOf = (file: string): Promise<string> =>
    once(targets, file, () => presign(origin, headers, `targets/${targets.size}`, 'rw'))

  async function toBody({ source, renditions }: Request): Promise<object> {
    return {
      source: { url: await sourceOf(source), name: path.basename(source) },
      renditions: await Promise.all(
        renditions.map(async ({ path: file, ...rendition }) => ({
          ...rendition,
          target: await targetOf(file),
        })),
      ),
    }
  }

  return {
    async render(requests) {
      const bodies = await Promise.all(requests.map(toBody))
      const end = await fetch(`${journal}?seek=-PT0S`, { headers })
      const next = linkOf(end, 'next')
      const count = requests.flatMap(({ renditions }) => renditions).length
      const ms = await time(async () => {
        const [entries] = await Promise.all([
          readJournal(next, headers, count),
          ...bodies.map(async (body) => {
            const { ok, status } = await sendProcess(origin, headers, body)
            if (!ok) throw new Error(`/process answered ${status}.`)
          }),
        ])
        const failed = entries.find(({ event }) => event.type !== 'rendition_created')
        if (failed !== undefined) throw new Error(JSON.stringify(failed.event))
      })
      return { ms }
    },
    async collect(requests) {
      for (const { path: file } of requests.flatMap(({ renditions }) => renditions)) {
        const response = await fetch(await targetOf(file))
        if (!response.ok) throw new Error(`A rendition was answered ${response.status}.`)
        await writeFile(file, new Uint8Array(await response.arrayBuffer()))
      }
    },
    async end() {
      service.child.kill('SIGTERM')
      await service.exited
    },
  }
}

/** The value that `make` has for a key, made the first time it is asked for. */
function once<Value>(made: Map<string, Value>, key: string, make: () => Value): Value {
  const value = made.get(key) ?? make()
  made.set(key, value)
  return value
}
