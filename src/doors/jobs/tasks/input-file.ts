import type { Content } from '../../../sources/signatures.ts'
import type { TaskFile } from './records.ts'

/** A file of another task, and what it is: its content says so, and not its name. */
export interface InputFile extends TaskFile {
  /** Undefined when it is nothing that is known. */
  readonly content: Content | undefined
  /** What the task is called that has brought it: its name in the job, or its id. */
  readonly task?: string
  /** Whether it may have several pages or frames. */
  readonly mayHoldSeveral: boolean
}
