import type { JobTask } from '../../src/doors/page/api.ts'
import { jobWords as words } from './job-words.ts'
import type { Job, KnownJob, Task } from './job.ts'

/** More steps of a job are not named. */
const MOST_STEPS = 4

/** What is known of what tasks were asked for, by their ids. */
export type OptionsOfTasks = ReadonlyMap<string, JobTask['options']>

/**
 * What a job is called: what it does to what, such as `photo.heic → convert to webp → export/url`.
 *
 * @param options - of its tasks; without them formats are told only of what has been made
 */
export function titleOfJob({ id, tasks = [] }: Job, options: OptionsOfTasks = new Map()): string {
  const of = (task: Task): JobTask['options'] => options.get(task.id) ?? {}
  const imports = tasks.filter(({ operation }) => operation.startsWith('import/'))
  const others = tasks.filter(({ operation }) => !operation.startsWith('import/'))
  const [first, ...more] = imports.map((task) => sourceOf(task, of(task)))
  const steps = [...new Set(others.map((task) => stepOf(task, of(task))))]
  const named = steps.length > MOST_STEPS ? [...steps.slice(0, MOST_STEPS - 1), '…'] : steps
  const last = steps.length > MOST_STEPS ? steps.slice(-1) : []
  const parts = [
    ...(first === undefined ? [] : [words.andMore(first, more.length)]),
    ...named,
    ...last,
  ]
  return parts.length === 0 ? id : parts.join(' → ')
}

/** What a job is called of which all is known. */
export function titleOfKnownJob({ job, tasks }: KnownJob): string {
  return titleOfJob(job, new Map(tasks.map(({ task, facts }) => [task.id, facts.options])))
}

/** What an import brings: the file once it is there, until then what was asked for says so. */
function sourceOf({ operation, result }: Task, { filename, url }: JobTask['options']): string {
  const [file, ...more] = result?.files ?? []
  if (file !== undefined) return words.andMore(file.filename, more.length)
  if (typeof filename === 'string') return filename
  const path = typeof url === 'string' ? URL.parse(url)?.pathname : undefined
  return path?.split('/').at(-1) || operation
}

/** What a task does, in the words of its operation and the format that comes of it. */
export function stepOf(
  { operation, result }: Pick<Task, 'operation' | 'result'>,
  { output_format: wanted }: JobTask['options'],
): string {
  if (operation !== 'convert' && operation !== 'thumbnail') return operation
  const extensions = new Set(
    (result?.files ?? []).map(({ filename }) => /\.([^.]+)$/.exec(filename)?.[1]?.toLowerCase()),
  )
  const [made] = extensions.size === 1 ? extensions : []
  const format = typeof wanted === 'string' ? wanted : made
  return format === undefined ? operation : words.to(operation, format)
}
