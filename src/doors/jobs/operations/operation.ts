import * as z from 'zod/mini'
import type { BuiltInWorker } from '../../../contract/actions.ts'
import type { Reachable } from '../../../peers/peer.ts'
import type { FoundPrograms } from '../../../programs/programs.ts'
import type { InputFile } from '../tasks/input-file.ts'
import type { TaskFile } from '../tasks/records.ts'
import type { Payload } from '../tasks/task-store.ts'

/** What a task may be asked to do: one line of the table. */
export type TaskOperation = UploadOperation | TransferOperation | MakingOperation

interface OperationFacts {
  /** As requests, tasks and lists have it. */
  readonly name: string
  /** Whether it takes the files of other tasks: never, if it is given any, or it has to be. */
  readonly inputs: 'none' | 'optional' | 'required'
  /** What else it may be asked for. Members that are not named are kept, as clients may know more of them. */
  readonly options: z.ZodMiniType
  /** Names of members that open something elsewhere; they are in no answer. */
  readonly secrets: readonly string[]
}

/** Waits for a file that its client sends. */
export interface UploadOperation extends OperationFacts {
  readonly kind: 'upload'
}

/** Fetches files, or puts them somewhere; the service does so itself. */
export interface TransferOperation extends OperationFacts {
  readonly kind: 'transfer'
  /**
   * Whether only what is missing is refused at once, and what cannot work, such as a key that is none, fails the task. The
   * official clients count on that where credentials are concerned.
   */
  readonly lenient?: boolean
  readonly run: (payload: Payload, transfer: Transfer) => Promise<Made>
}

/** Has files made by the actions, in one stage or several. */
export interface MakingOperation extends OperationFacts {
  readonly kind: 'making'
  /**
   * Says what is to be made next.
   *
   * @param reports - what the renditions of the stage before say, in their order; none at the first
   * @param programs - what is there to make it with
   * @param intermediates - the files of all stages before that are none of the task, in their order
   * @returns what has been found out besides files, when nothing more is to be made
   * @throws {@link TaskError} when it cannot be made
   */
  readonly plan: (
    payload: Payload,
    inputs: readonly InputFile[],
    stage: number,
    reports: readonly unknown[],
    programs: FoundPrograms,
    intermediates: readonly InputFile[],
  ) => readonly Wish[] | Findings
  /** Says what could not be done though the files are made, in one sentence; undefined when there is nothing to say. */
  readonly tell?: (
    inputs: readonly TaskFile[],
    made: readonly TaskFile[],
    payload: Payload,
  ) => string | undefined
}

/** A rendition that a task wants. */
export interface Wish {
  readonly action: BuiltInWorker
  /** Nothing for what is made without one. */
  readonly source: TaskFile | undefined
  readonly instructions: Readonly<Record<string, unknown>>
  /** Where in the instructions URLs of files belong, by which the action reads them. */
  readonly urls?: readonly WishedUrl[] | undefined
  /**
   * What the file is called. A report and an intermediate are no files of the task: {@link MakingOperation.plan} gets to
   * read the one, and to make something else of the other.
   */
  readonly filename: string | { readonly report: true } | { readonly intermediate: string }
}

/** A place in instructions where the URL of an object belongs. */
export interface WishedUrl {
  readonly path: readonly (string | number)[]
  readonly object: string
}

/** What a task has found out besides files. */
export interface Findings {
  readonly result: Readonly<Record<string, unknown>>
  /** Files that were there before, and are the task's now as well. */
  readonly files?: readonly TaskFile[]
  /** What its client should know though it has ended well, a sentence each. */
  readonly remarks?: readonly string[]
}

/** What a transfer brings. */
export interface Made {
  readonly files: readonly TaskFile[]
  readonly result?: Readonly<Record<string, unknown>>
}

/** What a transfer works with. */
export interface Transfer {
  readonly task: { readonly id: string }
  readonly inputs: readonly TaskFile[]
  /** Ends it: the task was cancelled, or took too long. */
  readonly signal: AbortSignal
  /** Puts a file into the storage, as the task's; nothing is left of one that breaks off. */
  readonly store: (file: {
    readonly name: string
    readonly contentType: string | undefined
    readonly content: AsyncIterable<Uint8Array>
  }) => Promise<TaskFile>
  /** Reads a file of the storage. */
  readonly read: (file: TaskFile, from?: number) => AsyncIterable<Uint8Array>
  readonly progress: (done: number, sentence: string) => void
  /** Which hosts it may go to. */
  readonly reachable: Reachable
}

/** Defines an operation that transfers. */
export function transferring<Options>(
  facts: Omit<TransferOperation, 'kind' | 'run' | 'options' | 'secrets'> & {
    readonly options: z.ZodMiniType<Options>
    readonly secrets?: readonly string[]
    readonly run: (options: Options, transfer: Transfer) => Promise<Made>
  },
): TransferOperation {
  const { options, run, secrets = [] } = facts
  return {
    ...facts,
    kind: 'transfer',
    secrets,
    run: (payload, transfer) => run(z.parse(options, payload), transfer),
  }
}

/** Defines an operation that has files made. */
export function making<Options>(
  facts: Omit<MakingOperation, 'kind' | 'plan' | 'options' | 'secrets'> & {
    readonly options: z.ZodMiniType<Options>
    readonly secrets?: readonly string[]
    readonly plan: (
      options: Options,
      inputs: readonly InputFile[],
      stage: number,
      reports: readonly unknown[],
      programs: FoundPrograms,
      intermediates: readonly InputFile[],
    ) => readonly Wish[] | Findings
  },
): MakingOperation {
  const { options, plan, secrets = [] } = facts
  return {
    ...facts,
    kind: 'making',
    secrets,
    plan: (payload, ...others) => plan(z.parse(options, payload), ...others),
  }
}
