import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import type { ReadyCase } from './test-case.ts'

/**
 * Makes a rendition the expected one of a case; a case that had none gets one by the name of its format.
 *
 * @returns the path of the expected rendition
 */
export async function acceptRendition(each: ReadyCase, actual: string): Promise<string> {
  const extension = path.extname(actual).toLowerCase() || '.bin'
  const expected = each.rendition ?? path.join(each.folder, `rendition${extension}`)
  await copyFile(actual, expected)
  return expected
}
