import type { CompanyCatalogue } from '../catalogue/catalogues.ts'
import type { RequestKind } from './request-kind.ts'

/** A request to `/is/image`, as far as it was read. */
export interface ServedRequest extends RequestKind {
  readonly company: string
  /** What the path names, decoded; empty for none. */
  readonly object: string
  /** As it was sent. */
  readonly query: string
  readonly catalogue: CompanyCatalogue
  readonly headers: Headers
  /** Aborts when whoever asked has gone. */
  readonly signal: AbortSignal
}

/** Answers requests of one kind. */
export type AnswerRequest = (request: ServedRequest) => Response | Promise<Response>
