import * as z from 'zod/mini'
import { isWebUrl } from '../../../base/web-url.ts'
import { captureHeaders } from '../../../contract/instructions/capture-instruction.ts'
import { hasBrowser } from '../../../programs/browser.ts'
import { missingProgram } from '../../../programs/missing-program.ts'
import type { FoundPrograms } from '../../../programs/programs.ts'
import { TaskError } from '../tasks/task-error.ts'
import { tellIdleOptions } from './idle-options.ts'
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

const captureOptions = z.looseObject({
  ...COMMON_OPTIONS,
  url: z
    .string({ error: URL_EXPECTED })
    .check(z.refine((url) => isWebUrl(url), { error: URL_EXPECTED })),
  output_format: z.enum(CAPTURE_FORMATS, { error: '"pdf", "png" or "jpg"' }),
  headers: optional(captureHeaders),
  pages: optional(pageRange),
  quality: PICTURE_OPTIONS.quality,
  ...LAYOUT_OPTIONS,
})

const CAPTURE_NAMES = Object.keys(captureOptions.def.shape)

/** What says something to a page that is printed, and nothing to one that is drawn. */
const PRINTED: readonly string[] = [
  'margin_top',
  'margin_bottom',
  'margin_left',
  'margin_right',
  'print_background',
  'display_header_footer',
  'header_template',
  'footer_template',
]

/** Which options say something to a capture in a format, besides those of every task. */
export function captureReads(outputFormat: string): string[] {
  const layout = Object.keys(LAYOUT_OPTIONS)
  if (outputFormat === 'pdf') return ['pages', 'page_range', ...layout]
  const drawn = layout.filter((name) => !PRINTED.includes(name))
  return outputFormat === 'png' ? drawn : ['quality', ...drawn]
}

/** Makes a PDF or a picture of a page of the web. */
export const CAPTURE_WEBSITE = making({
  name: 'capture-website',
  inputs: 'none',
  options: captureOptions,
  secrets: ['headers'],
  plan(options, _inputs, stage, _reports, programs) {
    if (stage > 0) {
      const read = ['url', 'headers', ...captureReads(options.output_format)]
      const usual = { print_background: true, display_header_footer: false }
      return { result: {}, remarks: tellIdleOptions(options, CAPTURE_NAMES, read, usual) }
    }
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
