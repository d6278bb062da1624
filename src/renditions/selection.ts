import * as z from 'zod/mini'
import { RenditionError } from '../contract/errors.ts'
import { unpackText, wholeNumber } from '../contract/text-values.ts'
import { check } from '../contract/validation.ts'
import type { Instructions } from './instructions.ts'

/** Which part of its source a rendition shows, when the source has several, and what opens it. */
export interface SourceSelection {
  /** Counted from 1. */
  readonly page: number
  readonly password: string | undefined
}

const schema = z.object({
  page: z._default(wholeNumber({ min: 1, expected: 'a whole number, 1 for the first page' }), 1),
  password: z.optional(
    z.pipe(
      z.transform((value) => (typeof value === 'number' ? String(value) : value)),
      z.string({ error: 'a text' }),
    ),
  ),
})

/**
 * Reads `page` and `password` from the instructions of a rendition.
 *
 * @throws {@link RenditionError} GenericError naming what is wrong with which; never the password
 */
export function readSelection({ page, password }: Instructions): SourceSelection {
  const checked = check(schema, {
    page: unpackText(page),
    // As it is, blanks and braces included.
    password: password === '' || password === null ? undefined : password,
  })
  if (!checked.ok) throw new RenditionError('GenericError', checked.message)
  return { page: checked.value.page, password: checked.value.password }
}
