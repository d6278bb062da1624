import path from 'node:path'
import * as z from 'zod/mini'
import { type Failure, isFailure } from '../base/operation-error.ts'

/** Work for a process of a {@link createProcesses pool}, and the folder in which it has one for what has to be a file on the way. */
export interface WorkMessage<Work> {
  readonly work: Work
  readonly folder: string
}

/** The folder of a process in that of its pool, by its number. It makes and empties it, and others remove it. */
export function folderOf(folder: string, pid: number): string {
  return path.join(folder, String(pid))
}

/** What comes of a work: what JSON can say, and the bytes of a file, if one is made. */
export interface Made<Result> {
  readonly result: Result
  readonly bytes?: Uint8Array | undefined
}

/** The schema of what the process answers. `held` is the memory that it will keep, in bytes. */
export function answerSchema<Result>(result: z.ZodMiniType<Result>) {
  const held = z.number()
  const failure = z.custom<Pick<Failure, 'code' | 'fields'>>(isFailure)
  return z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('done'), held, result }),
    z.object({ outcome: z.literal('failed'), held, failure }),
    /** It is nobody's fault but the house's; `code` is that of a refusal of the system, such as that of a full disk. */
    z.object({
      outcome: z.literal('broken'),
      held,
      stack: z.string(),
      code: z.optional(z.string()),
    }),
  ])
}

/** What the process answers; the bytes are beside it. */
export type AnswerMessage<Result> = z.infer<ReturnType<typeof answerSchema<Result>>>
