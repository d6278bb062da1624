import * as z from 'zod/mini'
import { splitName, toFileName } from '../../../base/file-name.ts'
import type { TaskFile } from '../tasks/records.ts'
import { TaskError } from '../tasks/task-error.ts'
import { making, type Wish } from './operation.ts'
import { uniqueNames } from './output-names.ts'
import { COMMON_OPTIONS, optional } from './task-options.ts'

/** The most files that one task may make; each is an upload of its own. */
const MOST_FILES = 1000

/** No more of what was left out is told. */
const MOST_TOLD = 100

/** What the action `archive` says of the entries of an archive. */
const reportSchema = z.object({
  entries: z.array(
    z.object({
      entry: z.int(),
      path: z.nullable(z.string()),
      kind: z.enum(['file', 'folder', 'link', 'device', 'unclear']),
    }),
  ),
})

const LEFT_OUT = {
  link: 'is a link, and only files are taken out',
  device: 'is a device, and only files are taken out',
  unclear: 'is no file that stands for itself',
} as const

/** Asks what is in an archive. */
function listing(source: TaskFile, opening: object): Wish {
  const instructions = { fmt: 'json', ...opening }
  return { action: 'archive', source, instructions, filename: { report: true } }
}

/** A file that is to be taken out. */
interface Taken {
  readonly source: TaskFile
  readonly entry: number
  readonly filename: string
}

/** The files of an archive, of which a report tells. */
function filesOf(source: TaskFile, report: unknown): Taken[] {
  return reportSchema.parse(report).entries.flatMap(({ entry, path, kind }) => {
    if (kind !== 'file') return []
    const name = toFileName(path ?? splitName(source.filename).base)
    return { source, entry, filename: name ?? `file-${entry}` }
  })
}

/** What of an archive is neither a file nor a folder, in sentences. */
function leftOut(report: unknown): string[] {
  return reportSchema
    .parse(report)
    .entries.flatMap(({ path, kind }) =>
      kind === 'file' || kind === 'folder' ? [] : `${path ?? 'An entry'} ${LEFT_OUT[kind]}.`,
    )
}

/**
 * What takes all files out of archives, and lists those again of which something is left out, since only what the last
 * stage was told can be told.
 *
 * @param reports - what was said of each archive
 * @throws {TaskError} INVALID_INPUT when there are none, or too many
 */
export function extracting(
  archives: readonly TaskFile[],
  reports: readonly unknown[],
  opening: object,
): Wish[] {
  const taken = archives.flatMap((source, index) => filesOf(source, reports[index]))
  if (taken.length === 0) {
    const names = archives.map(({ filename }) => filename).join(', ')
    throw new TaskError('INVALID_INPUT', `There is no file in ${names}.`)
  }
  if (taken.length > MOST_FILES) {
    const message = `There are ${taken.length} files to take out, but a task makes at most ${MOST_FILES}.`
    throw new TaskError('INVALID_INPUT', message)
  }
  const names = uniqueNames(taken)
  const files = taken.map(({ source, entry }, index): Wish => ({
    action: 'archive',
    source,
    instructions: { fmt: 'bin', entry, ...opening },
    filename: names[index] ?? '',
  }))
  const unfinished = archives.filter((_, index) => leftOut(reports[index]).length > 0)
  return [...files, ...unfinished.map((source) => listing(source, opening))]
}

/** What was left out, for the result of a task. */
export function skippedOf(reports: readonly unknown[]): { readonly skipped?: readonly string[] } {
  const skipped = reports.filter((report) => report !== undefined).flatMap(leftOut)
  return skipped.length === 0 ? {} : { skipped: skipped.slice(0, MOST_TOLD) }
}

/** Takes all files out of archives. */
export const ARCHIVE_EXTRACT = making({
  name: 'archive/extract',
  inputs: 'required',
  options: z.looseObject({ ...COMMON_OPTIONS, password: optional(z.string({ error: 'a text' })) }),
  secrets: ['password'],
  plan({ password }, inputs, stage, reports) {
    const opening = password === undefined ? {} : { password }
    if (stage === 0) return inputs.map((file) => listing(file, opening))
    if (stage === 1) return extracting(inputs, reports, opening)
    return { result: skippedOf(reports) }
  },
})
