import { randomUUID } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { getMimeType } from 'hono/utils/mime'
import type { ServiceClient } from '../client/service-client.ts'
import { applyEvent, type Outcome } from './outcome.ts'

/** A rendition to ask for, before it has a target. */
export type Instructions = { name: string; fmt?: string | undefined } & Record<string, unknown>

interface Request {
  id: string
  source: string
  /** Where its renditions go. */
  folder: string
  outcomes: Outcome[]
  /** When `/process` was answered, by `performance.now()`. */
  acceptedAt: number
}

/**
 * Makes every rendition of every source and writes the files.
 *
 * @param options.out - the folder for the files; with several sources each has a folder in there
 * @param onProgress - called after every change with all outcomes, in the order of the command line
 */
export async function makeRenditions(
  client: ServiceClient,
  {
    sources,
    renditions,
    out,
  }: { sources: readonly string[]; renditions: readonly Instructions[]; out: string },
  onProgress: (outcomes: readonly Outcome[], changed: Outcome | undefined) => void,
): Promise<Outcome[]> {
  const requests = sources.map((source): Request => {
    return {
      id: randomUUID(),
      source,
      folder: sources.length === 1 ? out : path.join(out, folderOf(source, sources)),
      outcomes: renditions.map(({ name }) => ({ source, name, state: 'waiting' })),
      acceptedAt: 0,
    }
  })
  const outcomes = requests.flatMap((request) => request.outcomes)
  const givenUp = new AbortController()
  onProgress(outcomes, undefined)

  async function send(request: Request): Promise<void> {
    const { source, id } = request
    const { size } = await stat(source)
    await mkdir(request.folder, { recursive: true })
    const [url, ...targets] = await Promise.all([
      client.upload(source, `sources/${id}`),
      ...renditions.map(({ name }) => client.targetUrl(keyOf(request, name))),
    ])
    const mimetype = getMimeType(source)
    await client.process(id, {
      source: {
        url,
        name: path.basename(source),
        size,
        ...(mimetype === undefined ? {} : { mimetype }),
      },
      renditions: renditions.map((rendition, index) => ({ ...rendition, target: targets[index] })),
    })
    request.acceptedAt = performance.now()
  }

  async function receive(): Promise<void> {
    const writes: Promise<unknown>[] = []
    let waiting = outcomes.length
    for await (const event of client.events(givenUp.signal)) {
      const request = requests.find(({ id }) => id === event.requestId)
      const outcome = request?.outcomes.find(({ name }) => name === event.rendition['name'])
      if (request === undefined || outcome === undefined) continue
      applyEvent(outcome, event, performance.now() - request.acceptedAt)
      if (outcome.state === 'created') {
        outcome.file = path.join(request.folder, outcome.name)
        writes.push(client.save(event, keyOf(request, outcome.name), outcome.file))
      }
      onProgress(outcomes, outcome)
      waiting -= 1
      if (waiting === 0) break
    }
    await Promise.all(writes)
  }

  try {
    await Promise.all([receive(), ...requests.map(send)])
    return outcomes
  } finally {
    // When a request is refused, nobody waits for the events of the others any more.
    givenUp.abort()
  }
}

function keyOf(request: Request, name: string): string {
  return `renditions/${request.id}/${name}`
}

/** A folder for one of several sources: its name, and its number where two sources have the same. */
function folderOf(source: string, sources: readonly string[]): string {
  const name = path.basename(source)
  const sameName = sources.filter((other) => path.basename(other) === name)
  return sameName.length === 1 ? name : `${name}-${sameName.indexOf(source) + 1}`
}
