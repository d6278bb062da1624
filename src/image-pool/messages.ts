import type { Failure } from '../base/operation-error.ts'

/** Work for a process of a {@link createProcesses pool}, and a folder for what has to be a file on the way, which is emptied after it. */
export interface WorkMessage<Work> {
  readonly work: Work
  readonly folder: string
}

/** What the process answers. `held` is the memory that it will keep, in bytes. */
export type AnswerMessage<Result> = { readonly held: number } & (
  | { readonly outcome: 'done'; readonly result: Result }
  | { readonly outcome: 'failed'; readonly failure: Pick<Failure, 'code' | 'fields'> }
  /** It is nobody's fault but the house's. */
  | { readonly outcome: 'broken'; readonly stack: string }
)
