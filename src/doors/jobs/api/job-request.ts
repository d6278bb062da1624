import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { ServiceError, type WrongFields } from '../../../base/errors.ts'
import { isRecord } from '../../../base/json.ts'
import { findWrongFields } from '../../../base/validation.ts'
import { isWebUrl } from '../../../base/web-url.ts'
import type { TaskOperation } from '../operations/operation.ts'
import { isTold } from '../operations/task-options.ts'
import type { NewTask, Payload } from '../tasks/task-store.ts'

/** As CloudConvert says it, whatever is wrong; `errors` say what. */
const INVALID = 'The given data was invalid.'

/** What a task may be called in its job. */
export const TASK_NAME = /^[\w-]+$/

/** The most tasks of one job. */
export const MOST_TASKS = 100

const TASKS_REQUIRED = 'The tasks field is required.'

const webhookUrl = z.string({ error: 'an absolute http: or https: URL' }).check(
  z.refine(isWebUrl, {
    error: 'an absolute http: or https: URL',
  }),
)

/** Schema of the body of `POST /jobs`, without what each task may be. */
export const jobRequestSchema = z.looseObject(
  {
    tasks: z.record(z.string(), z.looseObject({ operation: z.string() })),
    tag: z.nullish(z.string({ error: 'a text' })),
    webhook_url: z.nullish(webhookUrl),
    redirect: z.nullish(z.boolean({ error: 'true or false' })),
  },
  { error: 'a JSON object with tasks' },
)

/** A job as a client asks for it. */
export interface RequestedJob {
  readonly tag: string | null
  readonly webhookUrl: string | null
  readonly redirect: boolean
  readonly tasks: readonly RequestedTask[]
}

/** A task as a client asks for it. */
export type RequestedTask = Omit<NewTask, 'user' | 'job' | 'message' | 'retryOf' | 'deadline'>

/** @throws {ServiceError} `invalid` with `fields` */
function refuse(fields: WrongFields): never {
  throw new ServiceError('invalid', INVALID, { fields })
}

/** Whatever is not there as forms and no-code tools send it. */
const isLeftOut = (value: unknown): boolean => value === undefined || value === null || value === ''

/**
 * Reads what is asked for with `POST /jobs`.
 *
 * @param options.inputExists - whether the client has a task of this id
 * @throws {ServiceError} `invalid`, with all that is wrong in `fields`
 */
export async function readJobRequest(
  body: unknown,
  options: {
    operations: ReadonlyMap<string, TaskOperation>
    inputExists: (id: string) => Promise<boolean>
  },
): Promise<RequestedJob> {
  const tasks = isRecord(body) ? body['tasks'] : undefined
  if (!isRecord(tasks) || Object.keys(tasks).length === 0) refuse({ tasks: [TASKS_REQUIRED] })
  const wrong: Record<string, readonly string[]> = {
    ...findWrongFields(z.omit(jobRequestSchema, { tasks: true }), body),
  }
  const names = Object.keys(tasks)
  if (names.length > MOST_TASKS) {
    refuse({ tasks: [`tasks must be at most ${MOST_TASKS}, but there are ${names.length}.`] })
  }
  const ids = new Map(names.map((name) => [name, randomUUID()]))
  const read: RequestedTask[] = []
  for (const name of names) {
    const path = `tasks.${name}`
    if (!TASK_NAME.test(name)) {
      wrong[path] = ['The name of a task must be of letters, digits, - and _.']
      continue
    }
    const task = await readTask(tasks[name], {
      operations: options.operations,
      path,
      id: ids.get(name) ?? '',
      resolve: async (input) =>
        ids.get(input) ?? ((await options.inputExists(input)) ? input : undefined),
      wrong,
    })
    if (task !== undefined) read.push({ ...task, name })
  }
  if (Object.keys(wrong).length === 0) {
    const circle = findCircle(read)
    if (circle !== undefined) {
      wrong[`tasks.${circle}.input`] = [`Task ${circle} waits for itself, by way of its inputs.`]
    }
  }
  if (Object.keys(wrong).length > 0) refuse(wrong)
  const checked = z.parse(jobRequestSchema, body)
  return {
    tag: checked.tag ?? null,
    webhookUrl: checked.webhook_url ?? null,
    redirect: checked.redirect === true,
    tasks: read,
  }
}

/**
 * Reads what is asked for with `POST /{operation}`.
 *
 * @throws {ServiceError} `invalid`, with all that is wrong in `fields`
 */
export async function readTaskRequest(
  body: unknown,
  operation: TaskOperation,
  inputExists: (id: string) => Promise<boolean>,
): Promise<RequestedTask> {
  const wrong: Record<string, readonly string[]> = {}
  const members = isRecord(body) ? body : {}
  const task = await readTask(
    { ...members, operation: operation.name },
    {
      operations: new Map([[operation.name, operation]]),
      path: '',
      id: randomUUID(),
      resolve: async (input) => ((await inputExists(input)) ? input : undefined),
      wrong,
    },
  )
  if (task === undefined || Object.keys(wrong).length > 0) refuse(wrong)
  const { name } = members
  return { ...task, name: typeof name === 'string' ? name.slice(0, 255) : null }
}

interface TaskContext {
  readonly operations: ReadonlyMap<string, TaskOperation>
  /** Of the task in the body; empty for the body itself. */
  readonly path: string
  readonly id: string
  readonly resolve: (input: string) => Promise<string | undefined>
  /** Gets what is wrong. */
  readonly wrong: Record<string, readonly string[]>
}

async function readTask(task: unknown, context: TaskContext): Promise<RequestedTask | undefined> {
  const { operations, path, id, resolve, wrong } = context
  const at = (field: string): string => (path === '' ? field : `${path}.${field}`)
  if (!isRecord(task)) {
    wrong[path] = ['A task must be an object with an operation.']
    return undefined
  }
  const { operation: asked, name: _name, ...payload } = task
  const operation = typeof asked === 'string' ? operations.get(asked) : undefined
  if (operation === undefined) {
    wrong[at('operation')] = [
      isLeftOut(asked)
        ? 'The operation field is required.'
        : `operation must be one of ${namesOf(operations)}, but it is ${JSON.stringify(asked)}.`,
    ]
    return undefined
  }
  const onlyMissing = operation.kind === 'transfer' && operation.lenient === true
  for (const [field, sentences] of Object.entries(findWrongFields(operation.options, payload))) {
    if (!onlyMissing || isLeftOut(payload[field])) wrong[at(field)] = sentences
  }
  const inputs = await readInputs(payload, operation, { at, resolve, wrong })
  return {
    id,
    name: null,
    operation: operation.name,
    payload: payload satisfies Payload,
    inputs,
    ignoreError: isTold(payload, 'ignore_error'),
  }
}

/** Each once, by the name that tasks have. */
function namesOf(operations: ReadonlyMap<string, TaskOperation>): string {
  return [...new Set(Array.from(operations.values(), ({ name }) => name))].join(', ')
}

async function readInputs(
  payload: Payload,
  operation: TaskOperation,
  context: Pick<TaskContext, 'resolve' | 'wrong'> & { at: (field: string) => string },
): Promise<string[]> {
  const { at, resolve, wrong } = context
  const { input, image } = payload
  if (operation.inputs === 'none') return []
  const given: unknown[] = isLeftOut(input) ? [] : Array.isArray(input) ? input : [input]
  if (given.length === 0 && operation.inputs === 'required') {
    wrong[at('input')] = ['The input field is required.']
    return []
  }
  const named = [...given, ...(operation.name === 'watermark' && !isLeftOut(image) ? [image] : [])]
  const inputs: string[] = []
  for (const each of named) {
    const found = typeof each === 'string' ? await resolve(each) : undefined
    if (found !== undefined) inputs.push(found)
    else {
      wrong[at('input')] = [
        `input must name tasks, by their name in this job or their id, but there is no task ${JSON.stringify(each)}.`,
      ]
    }
  }
  return inputs
}

/** The name of a task that could never begin. */
function findCircle(tasks: readonly RequestedTask[]): string | undefined {
  const left = new Map(tasks.map((task) => [task.id, task]))
  for (;;) {
    const free = [...left.values()].filter(({ inputs }) => !inputs.some((id) => left.has(id)))
    if (free.length === 0) break
    for (const { id } of free) left.delete(id)
  }
  const [task] = left.values()
  return task === undefined ? undefined : (task.name ?? undefined)
}
