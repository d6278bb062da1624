import type { Reason } from '../base/errors.ts'

/** A rendition that cannot be made: a documented reason and one sentence for the person who asked for it. */
export class RenditionError extends Error {
  override readonly name = 'RenditionError'
  readonly reason: Reason

  constructor(reason: Reason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}
