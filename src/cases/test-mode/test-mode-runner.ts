import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { type CaseOutcome, type CaseRunner, fileOf } from '../case-runner.ts'
import type { ReadyCase } from '../test-case.ts'
import type { TestFolders } from './test-folders.ts'

/** Invokes an action, and resolves with its activation once that has ended. */
export type InvokeAction = (
  action: string,
  params: Record<string, unknown>,
) => Promise<{
  readonly logs: readonly string[]
  readonly response: { readonly success: boolean; readonly result: unknown }
}>

const errorSchema = z.looseObject({
  name: z.optional(z.string()),
  reason: z.optional(z.string()),
  message: z.optional(z.string()),
})
const resultSchema = z.object({ renditionErrors: z.optional(z.array(errorSchema)) })
const failureSchema = z.object({
  error: z.union([
    z.string(),
    z.pipe(
      errorSchema,
      z.transform((error) => error.message),
    ),
  ]),
})

/**
 * Makes what runs cases as Adobe's command does: the action itself is invoked, with the names of files in place of URLs, and
 * sees `WORKER_TEST_MODE`, by which Adobe's SDK takes its files from a folder, writes the rendition into another, and sends
 * no event. To be given one case at a time.
 *
 * @param options.out - a folder for the renditions that are made
 */
export function createTestModeRunner(options: {
  invoke: InvokeAction
  folders: TestFolders
  out: string
}): CaseRunner {
  const { invoke, folders, out } = options

  async function run(each: ReadyCase, requestId: string): Promise<CaseOutcome> {
    await folders.begin(each.folder)
    const { logs, response } = await invoke(each.action, {
      source: path.basename(each.source),
      renditions: [{ ...each.instructions }],
      requestId,
    })
    const { success, result } = response
    if (!success) {
      const { error = 'it tells no reason' } = z.safeParse(failureSchema, result).data ?? {}
      return { state: 'refused', message: `The activation failed: ${error}`, invoked: true }
    }
    const [failed] = z.safeParse(resultSchema, result).data?.renditionErrors ?? []
    if (failed !== undefined) {
      const { name, reason = name } = failed
      const errorMessage = findMessage(logs)
      return { state: 'failed', errorReason: reason, errorName: name, errorMessage }
    }
    const rendition = await findRendition(folders.out)
    if (rendition === undefined) {
      return { state: 'failed', errorReason: undefined, errorMessage: 'The worker wrote no file' }
    }
    const file = fileOf(out, requestId, each)
    await mkdir(path.dirname(file), { recursive: true })
    await copyFile(rendition, file)
    return { state: 'created', file, embedded: false }
  }

  return {
    async run(each, requestId = randomUUID()) {
      try {
        return await run(each, requestId)
      } catch (error) {
        return { state: 'refused', message: error instanceof Error ? error.message : String(error) }
      }
    },
    end: () => undefined,
  }
}

/** What the worker threw: of an error that becomes JSON, as a result does, there is everything but its message. */
function findMessage(logs: readonly string[]): string | undefined {
  const told = logs.map((line) => /processing failed with error after \S+ seconds: (.*)/.exec(line))
  return told.findLast((each) => each !== null)?.[1]
}

/** Under the name that the rendition has, or the SDK has given it; they are the same file. */
async function findRendition(folder: string): Promise<string | undefined> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile() && entry.name.startsWith('rendition'))
    .map(({ name }) => name)
  const [first] = names.toSorted()
  return first && path.join(folder, first)
}
