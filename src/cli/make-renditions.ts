import { randomUUID } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { getMimeType } from 'hono/utils/mime'
import { startRendering } from '../client/rendering.ts'
import type { ServiceClient } from '../client/service-client.ts'
import { applyEvent, type RenditionOutcome } from './rendition-outcome.ts'

/** A rendition to ask for, before it has a target. */
export type NamedInstructions = { name: string; fmt?: string | undefined } & Record<string, unknown>

interface SourceRequest {
  id: string
  source: string
  /** Where its renditions go. */
  folder: string
  outcomes: RenditionOutcome[]
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
  }: { sources: readonly string[]; renditions: readonly NamedInstructions[]; out: string },
  onProgress: (
    outcomes: readonly RenditionOutcome[],
    changed: RenditionOutcome | undefined,
  ) => void,
): Promise<RenditionOutcome[]> {
  const requests = sources.map((source): SourceRequest => {
    return {
      id: randomUUID(),
      source,
      folder: sources.length === 1 ? out : path.join(out, folderOf(source, sources)),
      outcomes: renditions.map(({ name }) => ({ source, name, state: 'waiting' })),
    }
  })
  const all = requests.flatMap(({ outcomes }) => outcomes)
  const rendering = startRendering(client)
  onProgress(all, undefined)

  async function make({ id, source, folder, outcomes }: SourceRequest): Promise<void> {
    const { size } = await stat(source)
    await mkdir(folder, { recursive: true })
    const keyOf = (name: string): string => `renditions/${id}/${name}`
    const request = {
      id,
      source: {
        key: `sources/${id}`,
        upload: source,
        name: path.basename(source),
        size,
        type: getMimeType(source),
      },
      files: new Map(),
      renditions: renditions.map((each) => ({ instructions: each, key: keyOf(each.name) })),
    }
    await rendering.render(request, async ({ position, event, milliseconds }) => {
      const outcome = outcomes[position]
      if (outcome === undefined) return
      applyEvent(outcome, event, milliseconds)
      if (outcome.state === 'created') outcome.file = path.join(folder, outcome.name)
      onProgress(all, outcome)
      if (outcome.file !== undefined) await client.save(event, keyOf(outcome.name), outcome.file)
    })
  }

  try {
    await Promise.all(requests.map(make))
    return all
  } finally {
    // When a request is refused, nobody waits for the events of the others any more.
    rendering.end()
  }
}

/** A folder for one of several sources: its name, and its number where two sources have the same. */
function folderOf(source: string, sources: readonly string[]): string {
  const name = path.basename(source)
  const sameName = sources.filter((other) => path.basename(other) === name)
  return sameName.length === 1 ? name : `${name}-${sameName.indexOf(source) + 1}`
}
