import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { trust } from '../api-client.ts'
import { readJobsEnv } from '../jobs-env.ts'
import { type ServiceProcess, startServiceProcess, useHome } from '../service-process.ts'

const taskSchema = z.object({
  name: z.nullish(z.string()),
  status: z.string(),
  code: z.nullish(z.string()),
  message: z.nullish(z.string()),
  result: z.nullish(
    z.looseObject({
      files: z.optional(
        z.array(z.looseObject({ filename: z.string(), url: z.optional(z.string()) })),
      ),
      metadata: z.optional(z.record(z.string(), z.unknown())),
      output: z.optional(z.string()),
    }),
  ),
})
const jobSchema = z.object({ data: z.object({ id: z.string(), tasks: z.array(taskSchema) }) })
const listSchema = z.object({
  data: z.array(
    z.object({
      operation: z.string(),
      input_format: z.nullable(z.string()),
      output_format: z.nullable(z.string()),
      meta: z.object({ grade: z.string() }),
    }),
  ),
})

/** A row of `GET /v2/operations`. */
export type ListedOperation = z.infer<typeof listSchema>['data'][number]

/** A file that a task reads. */
export interface GivenFile {
  readonly filename: string
  readonly bytes: Uint8Array
}

/** How a task ended, and its files. */
export interface EndedTask {
  readonly status: string
  readonly code: string | undefined
  readonly message: string
  readonly metadata: Readonly<Record<string, unknown>> | undefined
  readonly output: string | undefined
  readonly files: readonly MadeFile[]
}

/** A file that a task made, on the disk of the tests. */
export interface MadeFile {
  readonly filename: string
  readonly path: string
}

/** Operations as the jobs API takes them, by the names of their tasks. */
export type Tasks = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** A service whose jobs API converts files for the tests of the enclosing `describe`. */
export interface ConvertingService {
  readonly home: string
  readonly service: () => ServiceProcess
  /** What `GET /v2/operations` lists. */
  readonly operations: (filter?: string) => Promise<readonly ListedOperation[]>
  /**
   * Runs a job; resolves when it has ended.
   *
   * @param files - each is a task that imports it, by the name of that task
   * @param tasks - what is done with them; each gets an export of its own
   */
  readonly run: (
    files: Readonly<Record<string, GivenFile>>,
    tasks: Tasks,
  ) => Promise<Readonly<Record<string, EndedTask>>>
}

/**
 * Starts such a service.
 *
 * @param environment - what is different in its environment from that of the tests
 */
export function useConvertingService(
  environment: Readonly<Record<string, string>> = {},
): ConvertingService {
  const home = useHome()
  const folder = useTemporaryFolder()
  let running: ServiceProcess | undefined
  let jobs = 0

  before(async () => {
    running = await startServiceProcess({ home, environment })
    trust(home)
  })

  async function call(url: string, body?: object): Promise<unknown> {
    const { CLOUDCONVERT_API_KEY: key } = readJobsEnv(home)
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${response.status}: ${text}`)
    return JSON.parse(text)
  }

  return {
    home,
    service() {
      if (running === undefined) throw new Error('the service is there once the tests run')
      return running
    },
    async operations(filter = '') {
      const { CLOUDCONVERT_API_URL: url } = readJobsEnv(home)
      return listSchema.parse(await call(`${url}/operations?${filter}`)).data
    },
    async run(files, tasks) {
      const { CLOUDCONVERT_SYNC_URL: url } = readJobsEnv(home)
      jobs += 1
      const place = folder.pathTo(`job${jobs}`)
      const { data } = jobSchema.parse(
        await call(`${url}/jobs`, {
          tasks: Object.fromEntries([
            ...Object.entries(files).map(([name, { filename, bytes }]) => [
              name,
              {
                operation: 'import/base64',
                file: Buffer.from(bytes).toString('base64'),
                filename,
              },
            ]),
            ...Object.entries(tasks),
            ...Object.keys(tasks).map((name) => [
              `${name}_`,
              { operation: 'export/url', input: name },
            ]),
          ]),
        }),
      )
      const named = new Map(data.tasks.map((task) => [task.name, task]))
      const ended: Record<string, EndedTask> = {}
      for (const name of Object.keys(tasks)) {
        const task = named.get(name)
        const exported = named.get(`${name}_`)?.result?.files ?? []
        await mkdir(join(place, name), { recursive: true })
        const made = exported.map(({ filename, url: from = '' }, index) => ({
          filename,
          path: join(place, name, `${index}`),
          from,
        }))
        for (const { path, from } of made) await download(path, from)
        ended[name] = {
          status: task?.status ?? 'none',
          code: task?.code ?? undefined,
          message: task?.message ?? '',
          metadata: task?.result?.metadata,
          output: task?.result?.output,
          files: made.map(({ filename, path }) => ({ filename, path })),
        }
      }
      return ended
    },
  }
}

async function download(path: string, url: string): Promise<void> {
  const response = await fetch(url)
  await writeFile(path, Buffer.from(await response.arrayBuffer()))
}
