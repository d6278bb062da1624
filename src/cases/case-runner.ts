import { randomUUID } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { JournalEvent } from '../client/read-journal.ts'
import type { ServiceClient } from '../client/service-client.ts'
import { replaceTexts, textsIn } from './named-files.ts'
import type { FixtureCase } from './test-case.ts'

/** What came of the request of a case. */
export type CaseOutcome =
  | { state: 'created'; file: string; embedded: boolean }
  | { state: 'failed'; errorReason: string | undefined; errorMessage: string | undefined }
  | { state: 'refused'; message: string }

/** Sends the requests of cases, any number of them beside each other, and reads the journal for all. */
export interface CaseRunner {
  /** Never rejects. */
  run: (each: FixtureCase, requestId?: string) => Promise<CaseOutcome>
  /** Stops to read the journal. */
  end: () => void
}

/**
 * Makes a runner.
 *
 * @param options.out - a folder for the renditions that are made
 * @param options.workerOf - the URL that the rendition of a case has to name as its `worker`, if any
 */
export function createCaseRunner(
  client: ServiceClient,
  options: { out: string; workerOf: (each: FixtureCase) => string | undefined },
): CaseRunner {
  const { out, workerOf } = options
  const waiting = new Map<string, PromiseWithResolvers<JournalEvent>>()
  const ended = new AbortController()
  const broken = Promise.withResolvers<never>()
  // Somebody may be waiting for an event, or nobody.
  broken.promise.catch(() => undefined)
  receive().catch(broken.reject)

  async function receive(): Promise<void> {
    for await (const event of client.events(ended.signal)) {
      waiting.get(event.requestId ?? '')?.resolve(event)
    }
  }

  return {
    async run(each, requestId = randomUUID()) {
      const event = Promise.withResolvers<JournalEvent>()
      waiting.set(requestId, event)
      try {
        await sendCase(client, requestId, each, workerOf(each))
        const told = await Promise.race([event.promise, broken.promise])
        return await fetchOutcome(client, requestId, told, fileOf(out, requestId, each))
      } catch (error) {
        return { state: 'refused', message: error instanceof Error ? error.message : String(error) }
      } finally {
        waiting.delete(requestId)
      }
    },
    end: () => ended.abort(),
  }
}

async function sendCase(
  client: ServiceClient,
  requestId: string,
  { name: caseName, source, instructions, folder, files }: FixtureCase,
  worker: string | undefined,
): Promise<void> {
  const { size } = await stat(source)
  const name = path.basename(source)
  const mentioned = textsIn(instructions)
  const used = files.filter((file) => mentioned.has(file) || mentioned.has(`./${file}`))
  // The same for every run of the case, so that a service which stays up has each file once.
  const prefix = `cases/${caseName}`
  const [url, target, ...urls] = await Promise.all([
    client.upload(source, `${prefix}/${name}`),
    client.targetUrl(targetKey(requestId)),
    ...used.map((file) => client.upload(path.join(folder, file), `${prefix}/files/${file}`)),
  ])
  const urlOf = new Map(used.map((file, index) => [file, urls[index]]))
  const missing = new URL('/missing', url).href
  const rendition = {
    name: 'rendition',
    ...(worker !== undefined && { worker }),
    // `./mark.png` always names a file; when there is no such file, it becomes a URL at which there is nothing.
    ...replaceTexts(
      instructions,
      (text) => urlOf.get(text.replace(/^\.\//, '')) ?? (text.startsWith('./') ? missing : text),
    ),
    target,
  }
  await client.process(requestId, { source: { url, name, size }, renditions: [rendition] })
}

/** A `validate` may go by the extension, so it is that of what is expected. */
function fileOf(out: string, requestId: string, { rendition, instructions }: FixtureCase): string {
  const { fmt } = instructions
  const safe = typeof fmt === 'string' && /^\w+$/.test(fmt) ? `.${fmt}` : ''
  const extension = rendition === undefined ? safe : path.extname(rendition)
  return path.join(out, requestId, `rendition${extension}`)
}

async function fetchOutcome(
  client: ServiceClient,
  requestId: string,
  event: JournalEvent,
  file: string,
): Promise<CaseOutcome> {
  const { type, errorReason, errorMessage } = event
  if (type === 'rendition_failed') return { state: 'failed', errorReason, errorMessage }
  await mkdir(path.dirname(file), { recursive: true })
  const embedded = await client.save(event, targetKey(requestId), file)
  return { state: 'created', file, embedded }
}

function targetKey(requestId: string): string {
  return `${requestId}/rendition`
}
