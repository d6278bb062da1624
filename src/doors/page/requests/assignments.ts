import * as z from 'zod/mini'
import { nameUrl } from '../../../base/redact.ts'
import { readPosition } from '../../../client/rendition-mark.ts'
import {
  type ActivationRequest,
  readActivationRequest,
} from '../../../contract/activation-request.ts'

/** An activation that begins. */
export interface BegunActivation {
  /** Milliseconds since 1970, as all times here. */
  readonly start: number
}

/** An activation that has ended. */
export interface FinishedActivation extends BegunActivation {
  readonly activationId: string
  /** The action, without its package. */
  readonly name: string
  readonly end: number
  /** In OpenWhisk's words. */
  readonly response: { readonly status: string }
  readonly logs: readonly string[]
}

/** An HTTP request that the code of an activation made. */
export interface TimedExchange {
  readonly method: string
  /** Without its query. */
  readonly url: string
  readonly start: number
  readonly end: number
}

/** The host, as far as it tells of activations. */
export interface ActivationSource {
  /** Tells a listener of every activation that begins, and of its parameters. */
  onActivationBegin: (listener: (activation: BegunActivation, params: unknown) => void) => void
  /** Tells a listener of every activation that ends, of its parameters and of the requests that it made. */
  onActivationEnd: (
    listener: (
      activation: FinishedActivation,
      params: unknown,
      exchanges: readonly TimedExchange[],
    ) => void,
  ) => void
}

/** What an activation does for a request. */
export interface Assignment extends ActivationRequest {
  /** URL of the source, without its query. */
  readonly source: string | undefined
  /** What it is to make, in its order. */
  readonly renditions: readonly {
    /** In the request. */
    readonly position: number
    /** URL, without its query. */
    readonly target: string
  }[]
}

const workSchema = z.object({
  source: z.catch(z.optional(z.object({ url: z.string() })), undefined),
  renditions: z.array(z.looseObject({ target: z.string() })),
})

/** Reads off the parameters of an activation what it does for a request; undefined when it has to do with none. */
export function readAssignment(params: unknown): Assignment | undefined {
  const known = readActivationRequest(params)
  if (known === undefined) return undefined
  const { source, renditions = [] } = z.safeParse(workSchema, params).data ?? {}
  return {
    ...known,
    source: source && nameUrl(source.url),
    renditions: renditions.flatMap((rendition) => {
      const position = readPosition(rendition)
      return position === undefined ? [] : [{ position, target: nameUrl(rendition.target) }]
    }),
  }
}
