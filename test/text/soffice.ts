import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const LONGEST_CONVERSION_MS = 60_000

/** A file to convert with LibreOffice, and how to read it when its name does not tell. */
export interface Conversion {
  readonly paths: readonly string[]
  readonly to: string
  readonly filter?: string
}

/**
 * Has LibreOffice write files of another kind into the folder of the first of them.
 *
 * @returns false when there is no LibreOffice
 */
export async function convertWithOffice({ paths, to, filter }: Conversion): Promise<boolean> {
  const folder = dirname(paths[0] ?? '')
  const profile = `${folder}/profile`
  await mkdir(profile, { recursive: true })
  try {
    await promisify(execFile)(
      'soffice',
      [
        `-env:UserInstallation=${pathToFileURL(profile).href}`,
        '--headless',
        ...(filter === undefined ? [] : [`--infilter=${filter}`]),
        '--convert-to',
        to,
        '--outdir',
        folder,
        ...paths,
      ],
      { timeout: LONGEST_CONVERSION_MS },
    )
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}
