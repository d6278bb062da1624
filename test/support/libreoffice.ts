import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** How LibreOffice reads what can be read in several ways: by its extension. */
const INPUT_FILTERS: Readonly<Record<string, string>> = {
  html: 'HTML (StarWriter)',
  // UTF-8, commas, from the first line on, and dates recognised.
  csv: 'CSV:44,34,76,1,,1033,false,true',
}

/**
 * Converts a document with LibreOffice.
 *
 * @param from - the extension that says what it is
 * @param to - the extension of what to write
 * @returns undefined when LibreOffice is not installed
 */
export async function convertDocument(
  document: Buffer,
  from: string,
  to: string,
): Promise<Buffer | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-libreoffice-'))
  try {
    const source = join(folder, `document.${from}`)
    await writeFile(source, document)
    const filter = INPUT_FILTERS[from]
    await run('soffice', [
      `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
      '--headless',
      ...(filter === undefined ? [] : [`--infilter=${filter}`]),
      '--convert-to',
      to,
      '--outdir',
      folder,
      source,
    ])
    return await readFile(join(folder, `document.${to}`))
  } catch (error) {
    if (error instanceof Error && 'syscall' in error && error.syscall === 'spawn soffice')
      return undefined
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
