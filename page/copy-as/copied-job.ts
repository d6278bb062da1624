import { isRecord } from '../../src/base/json.ts'
import type { DraftTask, ReadDraft } from '../job-composer/draft.ts'
import { membersOf } from '../schema-form/json-schema.ts'
import type { CopiedFile } from './copied-request.ts'

/** A task as a program asks for it, without what is secret. */
export interface CopiedTask {
  readonly name: string
  readonly operation: string
  readonly options: Readonly<Record<string, unknown>>
}

/** What of a draft becomes a program that sends it. */
export interface CopiedJob {
  readonly tasks: readonly CopiedTask[]
  /** What the job has besides. */
  readonly others: Readonly<Record<string, unknown>>
  /** The files that are sent once the job is there, by the names of their tasks. */
  readonly uploads: readonly { readonly task: string; readonly file: CopiedFile }[]
  /** What has to be filled in, as it is written where it belongs. */
  readonly placeholders: readonly string[]
}

/**
 * Reads a draft, which must be one.
 *
 * @param fileOf - the file that was chosen for a task, as a program finds it; undefined when there is none
 */
export function copyJob(
  { tasks = [], body }: ReadDraft,
  fileOf: (task: string) => CopiedFile | undefined,
): CopiedJob {
  const placeholders: string[] = []
  const fill = (what: string): string => {
    const text = `<${what}>`
    placeholders.push(text)
    return text
  }
  const { tasks: _tasks, ...others } = body
  return {
    tasks: tasks.map((task) => copyTask(task, fill)),
    others,
    uploads: tasks
      .filter(({ operation }) => operation?.name === 'import/upload')
      .map(({ name }) => ({
        task: name,
        file: fileOf(name) ?? unknownFile(fill(`file of ${name}`)),
      })),
    placeholders,
  }
}

/** The body that a program sends. */
export function bodyOf({ tasks, others }: CopiedJob): Readonly<Record<string, unknown>> {
  return {
    tasks: Object.fromEntries(
      tasks.map(({ name, operation, options }) => [name, { operation, ...options }]),
    ),
    ...others,
  }
}

/** What a job does, in words, such as `import/upload, convert and export/url`. */
export function describeJob({ tasks }: CopiedJob): string {
  const operations = tasks.map(({ operation }) => operation)
  const last = operations.at(-1) ?? 'nothing'
  const said = operations.length < 2 ? last : `${operations.slice(0, -1).join(', ')} and ${last}`
  // It becomes a comment, which a line break would end.
  return said.replaceAll(/\p{Cc}/gu, ' ')
}

function unknownFile(placeholder: string): CopiedFile {
  return { path: placeholder, name: placeholder }
}

function copyTask(task: DraftTask, fill: (what: string) => string): CopiedTask {
  const { operation: asked, ...options } = task.options
  const members = membersOf(task.operation?.schema ?? {})
  return {
    name: task.name,
    operation: String(asked),
    options: Object.fromEntries(
      Object.entries(options).map(([option, value]) => [
        option,
        members[option]?.writeOnly === true && value !== ''
          ? hide(value, option, task.name, fill)
          : value,
      ]),
    ),
  }
}

function hide(
  value: unknown,
  option: string,
  task: string,
  fill: (what: string) => string,
): unknown {
  if (typeof value === 'string' && isPlainUrl(value)) return value
  if (!isRecord(value)) return fill(`${option} of ${task}`)
  return Object.fromEntries(Object.keys(value).map((name) => [name, fill(`${name} of ${task}`)]))
}

/** A URL that opens nothing: neither a signature nor a password is in it. */
function isPlainUrl(text: string): boolean {
  const url = URL.parse(text)
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    `${url.search}${url.username}${url.password}` === ''
  )
}
