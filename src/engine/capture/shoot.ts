import { writeFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { OperationError } from '../../base/operation-error.ts'
import { toPrintOptions } from './print-options.ts'
import type { Captured } from './run-capture.ts'
import type { CaptureTask } from './task.ts'
import { toClip, toViewport } from './viewport.ts'

const JPEG_QUALITY = 90

/** How large all of a page is, in its own pixels. */
const SIZE = `(() => {
  const { documentElement: root, body } = document
  const most = (name) => Math.ceil(Math.max(root?.[name] ?? 0, body?.[name] ?? 0))
  return most('scrollWidth') + ' ' + most('scrollHeight')
})()`

/**
 * Prints a page.
 *
 * @param place - what the page is called
 * @throws {@link OperationError} when it has none of the pages that are asked for
 */
export async function print(
  page: Page,
  options: CaptureTask['options'],
  place: string,
): Promise<Buffer> {
  try {
    return await page.pdf(toPrintOptions(options))
  } catch (error) {
    if (!/page range|PrintToPDF.*range/i.test(String(error))) throw error
    throw new OperationError('page_range_missing', { place, range: options.pages ?? '' })
  }
}

/** Draws all of a page. */
export async function draw(
  page: Page,
  { options, limits, output }: CaptureTask,
): Promise<Captured> {
  const viewport = toViewport(options)
  // It is the page that says it, which may say anything; what is no number is no size.
  const [width = 0, height = 0] = String(await page.evaluate(SIZE))
    .split(' ')
    .map((side) => Number(side) || 0)
  const clip = toClip({ width, height }, viewport, limits.side)
  const picture = await page.screenshot({
    fullPage: true,
    clip,
    animations: 'disabled',
    caret: 'hide',
    timeout: limits.longestMs,
    ...(options.format === 'jpg'
      ? { type: 'jpeg', quality: options.quality ?? JPEG_QUALITY }
      : { type: 'png' }),
  })
  await writeFile(output, picture)
  return {
    width: Math.round(clip.width * viewport.scale),
    height: Math.round(clip.height * viewport.scale),
  }
}
