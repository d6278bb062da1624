import * as z from 'zod/mini'
import { isReadInPart as isFormatReadInPart } from '../../../sources/unread-frames.ts'
import type { InputFile } from '../tasks/input-file.ts'
import type { TaskFile } from '../tasks/records.ts'
import { TaskError } from '../tasks/task-error.ts'
import type { Wish } from './operation.ts'

/** Whether it has to be known how many pictures a file has, lest all but the first are lost without a word. */
export function isReadInPart({ content, mayHoldSeveral }: InputFile): boolean {
  return mayHoldSeveral && isFormatReadInPart(content)
}

/** @throws {TaskError} INVALID_INPUT when one of some pictures of an animation cannot be read */
export function requireReadable(file: InputFile, pages: readonly number[]): void {
  if (!isReadInPart(file) || pages.every((page) => page === 1)) return
  const message = `${file.filename} is an animation of which only the first picture can be read.`
  throw new TaskError('INVALID_INPUT', message)
}

/** Asks how many pages or frames a file has, see {@link countPages}. */
export function inspecting(source: TaskFile, password?: string): Wish {
  return {
    action: 'metadata',
    source,
    instructions: { fmt: 'json', ...(password !== undefined && { password }) },
    filename: { report: true },
  }
}

/** Of pages or of frames; whatever says nothing of either has one. */
const reportSchema = z.object({
  PageCount: z.optional(z.int().check(z.gte(1))),
  FrameCount: z.optional(z.int().check(z.gte(1))),
})

/** How many pages or frames a file has, by what was found out. */
export function countPages(report: unknown): number {
  const { data } = z.safeParse(reportSchema, report)
  return data?.PageCount ?? data?.FrameCount ?? 1
}
