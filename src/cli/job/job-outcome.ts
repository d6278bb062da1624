import { styleText } from 'node:util'
import { isEnded, type JobAnswer, remarkOf, type TaskAnswer } from '../../client/jobs/job-answer.ts'
import type { SavedFile } from '../jobs-api/save-exports.ts'
import { formatColumns } from '../text-table.ts'

/** How a job ended. */
export interface JobOutcome {
  id: string
  state: JobAnswer['status']
  tasks: TaskOutcome[]
  /** What was downloaded. */
  files: SavedFile[]
}

/** How one task of a job ended. */
export interface TaskOutcome {
  name: string
  operation: string
  state: TaskAnswer['status']
  code?: string
  /** Why it failed, or what is to be said of it though it went well. */
  message?: string
}

/** Puts together what is told of a job that has ended. */
export function jobOutcome(job: JobAnswer, files: SavedFile[]): JobOutcome {
  const tasks = job.tasks.map((task) => ({
    name: nameOf(task),
    operation: task.operation,
    state: task.status,
    ...(task.status === 'error' && { code: codeOf(task), message: task.message ?? '' }),
    ...toldOf(task),
  }))
  return { id: job.id, state: job.status, tasks, files }
}

function toldOf(task: TaskAnswer): Pick<TaskOutcome, 'message'> {
  const message = remarkOf(task)
  return message === undefined ? {} : { message }
}

const nameOf = ({ name, id }: TaskAnswer): string => name ?? id
const codeOf = ({ code }: TaskAnswer): string => code ?? 'FAILED'

/** How a task has ended; undefined while it has not. */
export function endOfTask(task: TaskAnswer): 'done' | 'failed' | undefined {
  if (!isEnded(task)) return undefined
  return task.status === 'error' ? 'failed' : 'done'
}

/** Colours only where progress is read by a person. */
const STDERR = { stream: process.stderr }

/** One line about a task while the command runs. */
export function describeTask(task: TaskAnswer): string {
  const what = `${nameOf(task)} (${task.operation})`
  if (task.status === 'error') {
    return `${styleText('red', '✗', STDERR)} ${what}: ${codeOf(task)}: ${task.message ?? ''}`
  }
  if (isEnded(task)) return `${styleText('green', '✓', STDERR)} ${what}`
  const percent = task.percent ?? 100
  const far = task.status === 'processing' && percent < 100 ? ` ${percent} %` : ''
  return `${styleText('dim', '…', STDERR)} ${what}: ${task.status}${far}`
}

/** The table of the tasks of a job, one of what was downloaded, and what there is to be said of tasks. */
export function formatJob({ tasks, files }: JobOutcome): string {
  const rows = tasks.map(({ name, operation, state, code }) => [name, operation, code ?? state])
  const saved = files.map(({ file, bytes }) => [file, bytes.toLocaleString('en')])
  const told = tasks.flatMap(tellTask)
  return [
    ...formatColumns(['task', 'operation', 'state'], rows, 3),
    ...(saved.length === 0 ? [] : ['', ...formatColumns(['file', 'bytes'], saved, 1)]),
    ...(told.length === 0 ? [] : ['', ...told]),
  ].join('\n')
}

/** A line for each task that has failed. */
export function describeFailedTasks({ tasks }: JobOutcome): string[] {
  return tasks.filter(({ code }) => code !== undefined).flatMap(tellTask)
}

/** A line for each thing that is to be said of a task that went well. */
export function describeTaskRemarks({ tasks }: JobOutcome): string[] {
  return tasks.filter(({ code }) => code === undefined).flatMap(tellTask)
}

function tellTask({ name, code, message }: TaskOutcome): string[] {
  return message === undefined ? [] : [[name, code, message].filter(Boolean).join(': ')]
}
