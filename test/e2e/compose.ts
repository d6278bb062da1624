import type { Page } from 'playwright-core'

/** Puts renditions into the editor of the developer page by the keyboard. */
export async function compose(page: Page, renditions: readonly object[]): Promise<void> {
  await page.getByRole('tab', { name: 'JSON' }).click()
  await page.getByRole('textbox', { name: 'Renditions as JSON' }).click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('Delete')
  await page.keyboard.insertText(JSON.stringify(renditions, undefined, 2))
}

/** Picks files as the sources of the next run, of bytes by their names. */
export async function pickSources(
  page: Page,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files…' }).click()
  await (
    await choosing
  ).setFiles(
    Array.from(files, ([name, bytes]) => ({
      name,
      mimeType: 'image/jpeg',
      buffer: Buffer.from(bytes),
    })),
  )
  await page.getByText('on its way…').first().waitFor({ state: 'detached' })
}
