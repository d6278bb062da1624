import type * as z from 'zod/mini'
import { check } from '../base/validation.ts'
import { unpackText } from '../contract/text-values.ts'
import { RenditionError } from './rendition-error.ts'

/**
 * Reads a worker's own parameters from the instructions of a rendition. AEM's processing profiles send all of them as
 * texts, so a field left empty counts as absent, and a text that holds JSON is what it says; the schemas of
 * src/contract/text-values.ts take numbers and truth values as texts.
 *
 * @param schema - an object of the parameters; the message of each completes the sentence "… must be …"
 * @throws {@link RenditionError} GenericError naming the first bad parameter, its value and what was expected
 */
export function readParameters<T>(
  schema: z.ZodMiniType<T>,
  instructions: Readonly<Record<string, unknown>>,
): T {
  const given = Object.fromEntries(
    Object.entries(instructions).map(([name, value]) => [name, unpackText(value)]),
  )
  const checked = check(schema, given)
  if (!checked.ok) throw new RenditionError('GenericError', checked.message)
  return checked.value
}
