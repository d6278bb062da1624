/** Why a task fails: a code for programs, in the capitals that clients know, and one sentence. */
export class TaskError extends Error {
  override readonly name = 'TaskError'
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
