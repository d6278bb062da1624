import { isRecord, parseJson } from '../../src/base/json.ts'
import { nearestName } from '../../src/base/nearest-name.ts'
import { findUnknownMembers } from '../../src/base/unknown-members.ts'
import type { Problem } from '../../src/base/validation.ts'
import { COMMON_OPTIONS } from '../../src/doors/jobs/operations/task-options.ts'
import { membersOf } from '../schema-form/json-schema.ts'
import { showValue } from '../schema-form/shown-value.ts'
import {
  findDoubledMembers,
  findSyntaxProblem,
  locate,
  readTree,
  type TextProblem,
  type ValueProblem,
} from '../schema-form/syntax.ts'
import { strings } from '../strings.ts'
import type { Operation, Operations } from './operations.ts'
import { checkMembers, isLeftOut, type SchemaProblem } from './schema-check.ts'

const words = strings.composer

/** What the service lets a task be called. */
const TASK_NAME = /^[\w-]+$/

/** The id of a task that there is. */
const TASK_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What the service reads of a job. */
const OF_JOBS: readonly string[] = ['tasks', 'tag', 'webhook_url', 'redirect']

/** What it reads of every task besides the options of its operation. */
const OF_TASKS: readonly string[] = ['operation', 'input', 'name', ...Object.keys(COMMON_OPTIONS)]

/** A task of a draft, right or wrong. */
export interface DraftTask {
  readonly name: string
  /** Undefined for one that the service does not know. */
  readonly operation: Operation | undefined
  /** All that is written of it. */
  readonly options: Readonly<Record<string, unknown>>
  /** The tasks whose files it takes, in their order. */
  readonly inputs: readonly string[]
}

/** What is wrong with a draft, and where. */
export interface DraftProblem extends ValueProblem {
  /** Whether it is only that something is still to be filled in. */
  readonly isMissing: boolean
}

/** What a draft says, right or wrong. */
export interface ReadDraft {
  /** Undefined when the text is no object with tasks. */
  readonly tasks: readonly DraftTask[] | undefined
  /** The whole of it. */
  readonly body: Readonly<Record<string, unknown>>
  readonly problems: readonly DraftProblem[]
}

let latest:
  | { readonly text: string; readonly operations: Operations; readonly read: ReadDraft }
  | undefined

/** Reads as much of a draft as can be understood. */
export function inspectDraft(text: string, operations: Operations): ReadDraft {
  // The page is drawn often, and asks for the same text in several places each time.
  if (latest?.text !== text || latest.operations !== operations) {
    latest = { text, operations, read: inspect(text, operations) }
  }
  return latest.read
}

/** The tasks that an `input` names: one, or several. */
export function inputsOf(input: unknown): readonly string[] {
  const given: unknown[] = Array.isArray(input) ? input : [input]
  return given.filter((each): each is string => typeof each === 'string' && each !== '')
}

function inspect(text: string, operations: Operations): ReadDraft {
  const syntax = findSyntaxProblem(text)
  if (syntax !== undefined) return unreadable(syntax)
  const body = parseJson(text)
  const tasks = isRecord(body) ? body['tasks'] : undefined
  if (!isRecord(body) || !isRecord(tasks) || !Object.values(tasks).every(isRecord)) {
    return unreadable({ message: words.noJob, offset: 0, length: 1 })
  }
  const read = Object.entries(tasks).map(([name, options]) =>
    readTask(name, isRecord(options) ? options : {}, operations),
  )
  const tree = readTree(text)
  const place = <Found extends Problem>(problem: Found) => {
    const { offset, length } = locate(tree, problem.path)
    return { ...problem, offset, length }
  }
  const wrong = read.flatMap((task) =>
    problemsOf(task, read, operations).map((problem) =>
      place({ ...problem, path: ['tasks', task.name, ...problem.path] }),
    ),
  )
  const doubled = findDoubledMembers(tree).map((problem) => ({ ...problem, isMissing: false }))
  const remarks = findRemarks(body, read).map((remark) => ({
    ...place(remark),
    isMissing: false,
    isRemark: true as const,
  }))
  return { tasks: read, body, problems: [...doubled, ...wrong, ...remarks] }
}

/** What is likely a mistake though the service takes it: what nobody reads. */
function findRemarks(
  body: Readonly<Record<string, unknown>>,
  tasks: readonly DraftTask[],
): readonly Problem[] {
  const ofTasks = tasks.flatMap(({ name, operation, options }) =>
    operation === undefined
      ? []
      : findUnknownMembers(options, Object.keys(membersOf(operation.schema)), {
          besides: OF_TASKS,
        }).map(({ message, path }) => ({ message, path: ['tasks', name, ...path] })),
  )
  return [...findUnknownMembers(body, OF_JOBS), ...ofTasks]
}

function unreadable(problem: TextProblem): ReadDraft {
  return { tasks: undefined, body: {}, problems: [{ ...problem, path: [], isMissing: false }] }
}

function readTask(
  name: string,
  options: Readonly<Record<string, unknown>>,
  operations: Operations,
): DraftTask {
  const { operation, input } = options
  return {
    name,
    operation: typeof operation === 'string' ? operations.get(operation) : undefined,
    options,
    inputs: inputsOf(input),
  }
}

function problemsOf(
  { name, operation, options, inputs }: DraftTask,
  tasks: readonly DraftTask[],
  operations: Operations,
): readonly SchemaProblem[] {
  const wrongName = TASK_NAME.test(name)
    ? []
    : [{ message: words.wrongName, path: [], isMissing: false }]
  if (operation === undefined) {
    const given = showValue(options['operation'])
    const known = [...operations.keys()]
    const message = isLeftOut(options['operation'])
      ? words.noOperation
      : words.unknownOperation(given, nearestName(given, known), known)
    return [...wrongName, { message, path: ['operation'], isMissing: false }]
  }
  const noInput =
    operation.inputs === 'required' && inputs.length === 0
      ? [{ message: words.noInput, path: ['input'], isMissing: true }]
      : []
  const { image } = options
  const named = [
    ...(operation.inputs === 'none' ? [] : inputs.map((each) => ({ each, field: 'input' }))),
    ...(operation.name === 'watermark' ? inputsOf(image) : []).map((each) => ({
      each,
      field: 'image',
    })),
  ]
  const strays = named
    .filter(({ each }) => !TASK_ID.test(each) && !tasks.some((task) => task.name === each))
    .map(({ each, field }) => ({
      message: words.strayInput(
        field,
        each,
        nearestName(
          each,
          tasks.map((task) => task.name).filter((other) => other !== name),
        ),
      ),
      path: [field],
      isMissing: false,
    }))
  const wrong = checkMembers(operation.schema, options, ['operation', 'input'])
  return [...wrongName, ...noInput, ...strays, ...wrong]
}

/** Why a task cannot be called so; undefined when it can. */
export function problemOfName(name: string, others: readonly string[]): string | undefined {
  if (!TASK_NAME.test(name)) return words.wrongName
  return others.includes(name) ? words.takenName(name) : undefined
}
