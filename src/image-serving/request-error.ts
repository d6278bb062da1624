/** A request that cannot be answered as it is; the message is a sentence for whoever wrote it. */
export class RequestError extends Error {
  override readonly name: string = 'RequestError'
  /** The command at fault, as the reference writes it, where there is one. */
  readonly command: string | undefined

  constructor(message: string, command?: string) {
    super(message)
    this.command = command
  }
}

/** A request for something that is not there. */
export class MissingObjectError extends RequestError {
  override readonly name = 'MissingObjectError'
  readonly object: string

  constructor(object: string) {
    super(object === '' ? 'The request names no asset.' : `There is no asset called ${object}.`)
    this.object = object
  }
}
