import type { Page } from 'playwright-core'

/** Chooses something in a menu of the developer page, by the label of that and the words of this. */
export async function pick(page: Page, label: string, option: string | RegExp): Promise<void> {
  // Its name is what is chosen now, and the label.
  await page.getByRole('button', { name: new RegExp(`(?:^| )${label}$`) }).click()
  await page.getByRole('option', { name: option }).click()
}
