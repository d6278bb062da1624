/**
 * Captures a page as a script of a few lines does: given the program, its libraries, a URL and the file to write. Window and paper are as
 * large as ours.
 */
import { chromium } from 'playwright-core'

const [executablePath = '', libraries = '', url = '', file = ''] = process.argv.slice(2)
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox'],
  env: { ...process.env, LD_LIBRARY_PATH: libraries },
})
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
await page.goto(url)
if (file.endsWith('.pdf')) await page.pdf({ path: file, format: 'a4', printBackground: true })
else await page.screenshot({ path: file, fullPage: true })
await browser.close()
