import * as z from 'zod/mini'
import { isWebUrl } from '../../../base/web-url.ts'
import { captureHeaders } from '../../../contract/instructions/capture-instruction.ts'
import { hasBrowser } from '../../../programs/browser.ts'
import { missingProgram } from '../../../programs/missing-program.ts'
import type { FoundPrograms } from '../../../programs/programs.ts'
import { TaskError } from '../tasks/task-error.ts'
import { LAYOUT_OPTIONS, layoutInstructions } from './layout-options.ts'
import { making } from './operation.ts'
import { outputNames } from './output-names.ts'
import { PICTURE_OPTIONS } from './picture-options.ts'
import { COMMON_OPTIONS, optional, pageRange } from './task-options.ts'

const URL_EXPECTED = 'an absolute http: or https: URL'

/** What a page can be captured as. */
export const CAPTURE_FORMATS = ['pdf', 'png', 'jpg'] as const

/**
 * Refuses what takes a browser where there is none.
 *
 * @param what - what cannot be made, at the beginning of a sentence
 * @throws {TaskError} ENGINE_NOT_AVAILABLE
 */
export function requireBrowser(programs: FoundPrograms, what: string): void {
  if (hasBrowser(programs)) return
  throw new TaskError('ENGINE_NOT_AVAILABLE', missingProgram('chromium', what).message)
}

/** Makes a PDF or a picture of a page of the web. */
export const CAPTURE_WEBSITE = making({
  name: 'capture-website',
  inputs: 'none',
  options: z.looseObject({
    ...COMMON_OPTIONS,
    url: z
      .string({ error: URL_EXPECTED })
      .check(z.refine((url) => isWebUrl(url), { error: URL_EXPECTED })),
    output_format: z.enum(CAPTURE_FORMATS, { error: '"pdf", "png" or "jpg"' }),
    headers: optional(captureHeaders),
    pages: optional(pageRange),
    quality: PICTURE_OPTIONS.quality,
    ...LAYOUT_OPTIONS,
  }),
  secrets: ['headers'],
  plan(options, _inputs, stage, _reports, programs) {
    if (stage > 0) return { result: {} }
    requireBrowser(programs, 'A capture of a website')
    const { url, output_format: extension, filename, headers, pages, quality } = options
    const named = { filename: new URL(url).hostname.replaceAll(/[[\]:]/g, '') }
    const [name = ''] = outputNames(
      { filename: `${named.filename}.html` },
      { filename, extension, count: 1 },
    )
    return [
      {
        action: 'capture',
        source: undefined,
        instructions: {
          fmt: extension,
          capture: {
            url,
            ...(headers !== undefined && { headers }),
            ...(pages !== undefined && { pages }),
            ...(quality !== undefined && { quality }),
            ...layoutInstructions(options),
          },
        },
        filename: name,
      },
    ]
  },
})
