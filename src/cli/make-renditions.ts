import { randomUUID } from 'node:crypto'
import { access, constants, mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { getMimeType } from 'hono/utils/mime'
import { startRendering } from '../client/rendering.ts'
import type { ServiceClient } from '../client/service-client.ts'
import { createQueue } from '../tasks/queue.ts'
import { SIDE_BY_SIDE } from './concurrency.ts'
import type { GivenFile } from './given-files/find-files.ts'
import { applyEvent, type RenditionOutcome } from './rendition-outcome.ts'

/** A rendition to ask for, before it has a target. */
export type NamedInstructions = { name: string; fmt?: string | undefined } & Record<string, unknown>

/** What is to be made of what. */
export interface WantedRenditions {
  readonly sources: readonly GivenFile[]
  readonly renditions: readonly NamedInstructions[]
  /** The folder for the files; with several sources each has a folder in there. */
  readonly out: string
  /** How many sources may be on their way at a time; {@link SIDE_BY_SIDE} unless given. */
  readonly concurrency?: number
}

interface SourceRequest {
  readonly id: string
  readonly source: GivenFile
  /** Where its renditions go. */
  readonly folder: string
  readonly outcomes: RenditionOutcome[]
}

/**
 * Makes every rendition of every source and writes the files. A source that cannot be read fails, and the others go on.
 *
 * @param onProgress - called after every change with all outcomes, in the order of the command line
 * @param interrupted - ends it; a file that is being written then is not left behind
 * @throws {ServiceRefusal} when the service refuses a request; the reason of `interrupted`
 */
export async function makeRenditions(
  client: ServiceClient,
  { sources, renditions, out, concurrency = SIDE_BY_SIDE }: WantedRenditions,
  onProgress: (
    outcomes: readonly RenditionOutcome[],
    changed: RenditionOutcome | undefined,
  ) => void,
  interrupted?: AbortSignal,
): Promise<RenditionOutcome[]> {
  const folders = sources.length === 1 ? [out] : placeFolders(sources, out)
  const requests = sources.map((source, index): SourceRequest => {
    return {
      id: randomUUID(),
      source,
      folder: folders[index] ?? out,
      outcomes: renditions.map(({ name }) => ({ source: source.title, name, state: 'waiting' })),
    }
  })
  const all = requests.flatMap(({ outcomes }) => outcomes)
  const stop = new AbortController()
  const signal =
    interrupted === undefined ? stop.signal : AbortSignal.any([stop.signal, interrupted])
  const saving = new Set<Promise<unknown>>()
  const rendering = startRendering(client)
  onProgress(all, undefined)

  async function save(...[event, key, file]: Parameters<ServiceClient['save']>): Promise<void> {
    signal.throwIfAborted()
    const saved = client.save(event, key, file, signal)
    saving.add(saved)
    try {
      await saved
    } finally {
      saving.delete(saved)
    }
  }

  async function make({ id, source, folder, outcomes }: SourceRequest): Promise<void> {
    const { file } = source
    await access(file, constants.R_OK)
    const { size } = await stat(file)
    const keyOf = (name: string): string => `renditions/${id}/${name}`
    const request = {
      id,
      source: {
        key: `sources/${id}`,
        upload: file,
        name: path.basename(file),
        size,
        type: getMimeType(file),
      },
      files: new Map(),
      renditions: renditions.map((each) => ({ instructions: each, key: keyOf(each.name) })),
    }
    await rendering.render(request, async ({ position, event, milliseconds }) => {
      const outcome = outcomes[position]
      if (outcome === undefined) return
      const written = path.join(folder, outcome.name)
      if (event.type === 'rendition_created') {
        await mkdir(folder, { recursive: true })
        await save(event, keyOf(outcome.name), written)
      }
      applyEvent(outcome, event, milliseconds)
      if (outcome.state === 'created') outcome.file = written
      onProgress(all, outcome)
    })
  }

  async function makeOrFail(request: SourceRequest): Promise<void> {
    try {
      await make(request)
    } catch (error) {
      if (signal.aborted || !isOfFile(error)) throw error
      const done = error.path === request.source.file ? 'read' : 'written'
      for (const outcome of request.outcomes.filter(({ state }) => state === 'waiting')) {
        outcome.state = 'failed'
        outcome.errorReason = 'GenericError'
        outcome.errorMessage = `${error.path} cannot be ${done} (${error.code}).`
        onProgress(all, outcome)
      }
    }
  }

  const queue = createQueue(concurrency)
  try {
    const making = requests.map((request, turn) =>
      queue.run(turn, () => makeOrFail(request), signal),
    )
    await Promise.race([Promise.all(making), whenAborted(signal)])
    return all
  } finally {
    // When a request is refused, nobody waits for the events of the others any more.
    stop.abort()
    rendering.end()
    await Promise.allSettled(saving)
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(signal.reason)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}

/** Whether it is about a file of this machine that cannot be read, or not be written. A full disk is about all of them. */
function isOfFile(error: unknown): error is Error & { code: string; path: string } {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return false
  return typeof error.code === 'string' && typeof error.path === 'string'
}

/** A folder for each of several sources, no two the same: its name, in the folder where it was found. */
function placeFolders(sources: readonly GivenFile[], out: string): string[] {
  // There are file systems for which a.jpg and A.JPG are one.
  const taken = new Set<string>()
  return sources.map(({ file, within }) => {
    const wanted = path.join(out, within, path.basename(file))
    let free = wanted
    for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${wanted}-${number}`
    taken.add(free.toLowerCase())
    return free
  })
}
