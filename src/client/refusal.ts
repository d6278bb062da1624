import * as z from 'zod/mini'
import type { WrongFields } from '../base/errors.ts'
import { parseJson } from '../base/json.ts'

const refusedSchema = z.object({
  message: z.string(),
  errors: z.catch(z._default(z.record(z.string(), z.array(z.string())), {}), {}),
})

const LONGEST_QUOTE_CHARACTERS = 200

/** The service has refused a request. Its message says what answered with which status and sentence. */
export class ServiceRefusal extends Error {
  override readonly name = 'ServiceRefusal'
  readonly status: number
  /** What the service said. */
  readonly sentence: string
  /** What it said of single fields, as the jobs API does. */
  readonly fields: WrongFields

  constructor(path: string, status: number, sentence: string, fields: WrongFields = {}) {
    super(`${path} answered ${status}: ${sentence}`)
    this.status = status
    this.sentence = sentence
    this.fields = fields
  }
}

/**
 * Lets an answer of the service through that is none of its refusals.
 *
 * @throws {ServiceRefusal}
 */
export async function refuseBad(response: Response): Promise<Response> {
  if (response.ok) return response
  const text = await response.text()
  const { success, data } = z.safeParse(refusedSchema, parseJson(text))
  throw new ServiceRefusal(
    new URL(response.url).pathname,
    response.status,
    success ? data.message : text.slice(0, LONGEST_QUOTE_CHARACTERS),
    success ? data.errors : {},
  )
}
