import { randomUUID } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { InputFile, RenderRequest } from '../client/prepare-request.ts'
import type { JournalEvent } from '../client/read-journal.ts'
import { startRendering } from '../client/rendering.ts'
import type { ServiceClient } from '../client/service-client.ts'
import { isFormatName } from '../contract/format-name.ts'
import { textsIn } from '../contract/instructions/named-files.ts'
import type { NamedFailure } from './expected-reason.ts'
import type { ReadyCase } from './test-case.ts'

/** What came of the request of a case. */
export type CaseOutcome =
  | { state: 'created'; file: string; embedded: boolean }
  | ({ state: 'failed'; errorMessage: string | undefined } & NamedFailure)
  | {
      state: 'refused'
      message: string
      /** Whether an action was invoked all the same. */
      invoked?: boolean
    }

/** Sends the requests of cases, any number of them beside each other, and reads the journal for all. */
export interface CaseRunner {
  /** Never rejects. */
  run: (each: ReadyCase, requestId?: string) => Promise<CaseOutcome>
  /** Stops to read the journal. */
  end: () => void
}

/**
 * Makes a runner.
 *
 * @param options.out - a folder for the renditions that are made
 * @param options.workerUrl - the URL that the rendition of a case has to name as its `worker`, if any
 */
export function createCaseRunner(
  client: ServiceClient,
  options: { out: string; workerUrl: (each: ReadyCase) => string | undefined },
): CaseRunner {
  const { out, workerUrl } = options
  const rendering = startRendering(client)

  return {
    async run(each, requestId = randomUUID()) {
      try {
        const request = await toRequest(each, requestId, { client, worker: workerUrl(each) })
        const [ended] = await rendering.render(request)
        if (ended === undefined) throw new Error('The request of a case is for one rendition.')
        return await fetchOutcome(client, requestId, ended.event, fileOf(out, requestId, each))
      } catch (error) {
        return { state: 'refused', message: error instanceof Error ? error.message : String(error) }
      }
    },
    end: rendering.end,
  }
}

async function toRequest(
  { name: caseName, source, instructions, folder, files }: ReadyCase,
  id: string,
  { client, worker }: { client: ServiceClient; worker: string | undefined },
): Promise<RenderRequest> {
  const { size } = await stat(source)
  const name = path.basename(source)
  // The same for every run of the case, so that a service which stays up has each file once.
  const prefix = `cases/${caseName}`
  const missing = new URL('/missing', client.origin)
  const named = Array.from(textsIn(instructions), (text): [string, InputFile | URL] | undefined => {
    if (typeof text !== 'string') return undefined
    const file = text.replace(/^\.\//, '')
    if (files.includes(file)) {
      return [text, { key: `${prefix}/files/${file}`, upload: path.join(folder, file) }]
    }
    // `./mark.png` always names a file; when there is no such file, it becomes a URL at which there is nothing.
    return text.startsWith('./') ? [text, missing] : undefined
  })
  return {
    id,
    source: { key: `${prefix}/${name}`, upload: source, name, size },
    files: new Map(named.filter((each) => each !== undefined)),
    renditions: [
      {
        instructions: {
          name: 'rendition',
          ...(worker !== undefined && { worker }),
          ...instructions,
        },
        key: targetKey(id),
      },
    ],
  }
}

/**
 * Where the rendition of a case goes. A `validate` may go by the extension, so it is that of what is expected.
 *
 * @param out - the folder of all renditions
 */
export function fileOf(
  out: string,
  requestId: string,
  { rendition, instructions }: ReadyCase,
): string {
  const { fmt } = instructions
  const safe = typeof fmt === 'string' && isFormatName(fmt) ? `.${fmt}` : ''
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
