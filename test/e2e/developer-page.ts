import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'

/** The address of the developer page, with the key, of the service whose state is in `home`. */
export function pageAddress(home: string): string {
  const document = readFileSync(path.join(home, 'developer-page.html'), 'utf8')
  return /href="([^"]+)"/.exec(document)?.[1] ?? assert.fail(document)
}

/** Opens the developer page as its user does. */
export async function openDeveloperPage(page: Page, home: string): Promise<void> {
  const address = pageAddress(home)
  await page.goto(address)
  await page.waitForURL(`${new URL(address).origin}/`)
}

/** Signs a program in to the developer page; resolves with the headers that its API wants. */
export async function signInToPage(home: string): Promise<{ origin: string; cookie: string }> {
  const address = pageAddress(home)
  const response = await fetch(address)
  assert.equal(response.status, 200, await response.text())
  const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';')
  return { origin: new URL(address).origin, cookie }
}
