import * as z from 'zod/mini'
import { flag } from '../../../contract/text-values.ts'
import { missingProgram } from '../../../programs/missing-program.ts'
import type { FoundPrograms } from '../../../programs/programs.ts'
import type { InputFile } from '../tasks/input-file.ts'
import { TaskError } from '../tasks/task-error.ts'
import { asFormat } from './as-format.ts'
import { countPages, inspecting } from './input-pages.ts'
import { OCR } from './ocr-task.ts'
import { type MakingOperation, making, type Wish } from './operation.ts'
import { outputNames } from './output-names.ts'
import { COMMON_OPTIONS, optional, pageRange } from './task-options.ts'

/** What opens a source, and what of it a task changes. */
interface Change {
  readonly filename: string | undefined
  readonly input_format: string | undefined
}

/** @throws {TaskError} INVALID_INPUT for what is no PDF */
function requirePdf(file: InputFile, operation: string): void {
  // What Illustrator writes is one.
  if (file.content === 'pdf') return
  const message = `${operation} takes PDF files, but ${file.filename} is none.`
  throw new TaskError('INVALID_INPUT', message)
}

/** Has the same done to each PDF. */
function changing(
  operation: string,
  inputs: readonly InputFile[],
  { filename, input_format: inputFormat }: Change,
  instructions: Readonly<Record<string, unknown>>,
): Wish[] {
  return inputs.map((file): Wish => {
    requirePdf(file, operation)
    const source = asFormat(file, inputFormat)
    const [name = ''] = outputNames(file, { filename, extension: 'pdf', count: 1 })
    return { action: 'pdf', source, instructions: { fmt: 'pdf', ...instructions }, filename: name }
  })
}

const text = optional(z.string({ error: 'a text' }))
const password = { password: text }
const allowed = optional(flag())

/** Takes pages out of each PDF. */
const EXTRACT_PAGES = making({
  name: 'pdf/extract-pages',
  inputs: 'required',
  options: z.looseObject({ ...COMMON_OPTIONS, ...password, pages: pageRange }),
  secrets: ['password'],
  plan({ pages, password: opens, ...options }, inputs, stage) {
    if (stage > 0) return { result: {} }
    return changing('pdf/extract-pages', inputs, options, { pages, ...opening(opens) })
  },
})

const ROTATION = 'a number of degrees such as "+90", "180" or "-90"'

/** Turns pages of each PDF. */
const ROTATE_PAGES = making({
  name: 'pdf/rotate-pages',
  inputs: 'required',
  options: z.looseObject({
    ...COMMON_OPTIONS,
    ...password,
    pages: optional(pageRange),
    rotation: z._default(
      z.pipe(
        z.transform((value) => (typeof value === 'number' ? String(value) : value)),
        z
          .string({ error: ROTATION })
          .check(z.regex(/^\s*[+-]?(?:90|180|270)\s*$/, { error: ROTATION })),
      ),
      '+90',
    ),
  }),
  secrets: ['password'],
  plan({ pages, rotation, password: opens, ...options }, inputs, stage) {
    if (stage > 0) return { result: {} }
    const rotate = { degrees: Number(rotation), ...(pages !== undefined && { pages }) }
    return changing('pdf/rotate-pages', inputs, options, { rotate, ...opening(opens) })
  },
})

/** The most files that one task may make; each is an upload of its own. */
const MOST_PAGES = 1000

/** Makes a PDF of each page. */
const SPLIT_PAGES = making({
  name: 'pdf/split-pages',
  inputs: 'required',
  options: z.looseObject({ ...COMMON_OPTIONS, ...password }),
  secrets: ['password'],
  plan({ filename, password: opens, input_format: inputFormat }, inputs, stage, reports) {
    if (stage > 1) return { result: {} }
    for (const file of inputs) requirePdf(file, 'pdf/split-pages')
    const sources = inputs.map((file) => asFormat(file, inputFormat))
    if (stage === 0) return sources.map((source) => inspecting(source, opens))
    const counts = sources.map((_, index) => countPages(reports[index]))
    const total = counts.reduce((sum, count) => sum + count, 0)
    if (total > MOST_PAGES) {
      const message = `There are ${total} pages to split, but a task makes at most ${MOST_PAGES} files; pdf/extract-pages takes some of them.`
      throw new TaskError('INVALID_PAGES', message)
    }
    return sources.flatMap((source, index) => {
      const count = counts[index] ?? 0
      const names = outputNames(source, { filename, extension: 'pdf', count })
      return names.map((name, page): Wish => ({
        action: 'pdf',
        source,
        instructions: { fmt: 'pdf', pages: String(page + 1), ...opening(opens) },
        filename: name,
      }))
    })
  },
})

const PASSWORDS = 'set_password or set_owner_password must be given, and not be empty.'

/** Encrypts each PDF. */
const ENCRYPT = making({
  name: 'pdf/encrypt',
  inputs: 'required',
  options: z.looseObject({
    ...COMMON_OPTIONS,
    ...password,
    set_password: text,
    set_owner_password: text,
    allow_extract: allowed,
    allow_accessibility: allowed,
    allow_modify: allowed,
    allow_print: allowed,
  }),
  secrets: ['password', 'set_password', 'set_owner_password'],
  plan({ password: opens, ...options }, inputs, stage) {
    if (stage > 0) return { result: {} }
    const { set_password: user, set_owner_password: owner } = options
    if (user === undefined && owner === undefined) throw new TaskError('INVALID_OPTIONS', PASSWORDS)
    const encrypt = {
      password: user ?? '',
      ownerPassword: owner,
      allowExtract: options.allow_extract,
      allowAccessibility: options.allow_accessibility,
      allowModify: options.allow_modify,
      allowPrint: options.allow_print,
    }
    return changing('pdf/encrypt', inputs, options, { encrypt, ...opening(opens) })
  },
})

/** Takes the encryption off each PDF. */
const DECRYPT = making({
  name: 'pdf/decrypt',
  inputs: 'required',
  options: z.looseObject({ ...COMMON_OPTIONS, ...password }),
  secrets: ['password'],
  plan({ password: opens, ...options }, inputs, stage) {
    if (stage > 0) return { result: {} }
    return changing('pdf/decrypt', inputs, options, { decrypt: true, ...opening(opens) })
  },
})

/** Writes each PDF so that its first page can be shown at once. */
const LINEARIZE = making({
  name: 'pdf/linearize',
  inputs: 'required',
  options: z.looseObject({ ...COMMON_OPTIONS, ...password }),
  secrets: ['password'],
  plan({ password: opens, ...options }, inputs, stage) {
    if (stage > 0) return { result: {} }
    return changing('pdf/linearize', inputs, options, { linearize: true, ...opening(opens) })
  },
})

const LEVEL = '"1b", "2b" or "3b"'

/** Writes each PDF as one that can be kept for ever. */
const ARCHIVABLE = making({
  name: 'pdf/a',
  inputs: 'required',
  options: z.looseObject({
    ...COMMON_OPTIONS,
    ...password,
    conformance_level: z._default(z.enum(['1b', '2b', '3b'], { error: LEVEL }), '2b'),
  }),
  secrets: ['password'],
  plan(
    { conformance_level: level, password: opens, ...options },
    inputs,
    stage,
    _reports,
    programs,
  ) {
    if (stage > 0) return { result: {} }
    const standard = `PDF/A-${level}`
    requireGhostscript(standard, programs)
    return changing('pdf/a', inputs, options, { standard, ...opening(opens) })
  },
})

/** Writes each PDF as printers exchange it. */
const PRINTABLE = making({
  name: 'pdf/x',
  inputs: 'required',
  options: z.looseObject({ ...COMMON_OPTIONS, ...password }),
  secrets: ['password'],
  plan({ password: opens, ...options }, inputs, stage, _reports, programs) {
    if (stage > 0) return { result: {} }
    const standard = 'PDF/X-3'
    requireGhostscript(standard, programs)
    return changing('pdf/x', inputs, options, { standard, ...opening(opens) })
  },
})

/** @throws {TaskError} ENGINE_NOT_AVAILABLE */
function requireGhostscript(standard: string, programs: FoundPrograms): void {
  if (programs.gs !== undefined) return
  const { message } = missingProgram('gs', `Writing a PDF as ${standard}`)
  throw new TaskError('ENGINE_NOT_AVAILABLE', message)
}

function opening(opens: string | undefined): Readonly<Record<string, unknown>> {
  return opens === undefined ? {} : { password: opens }
}

/** What is done to PDFs; the last of it to pictures, too. */
export const PDF_TASKS: readonly MakingOperation[] = [
  SPLIT_PAGES,
  EXTRACT_PAGES,
  ROTATE_PAGES,
  ENCRYPT,
  DECRYPT,
  LINEARIZE,
  ARCHIVABLE,
  PRINTABLE,
  OCR,
]

/** Those that Ghostscript does. */
export const STANDARD_TASKS: readonly MakingOperation[] = [ARCHIVABLE, PRINTABLE]
