import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'

interface AdditionFacts {
  /** What is possible or better with it. */
  readonly purpose: string
  /** Packages of npm, each in one version. */
  readonly packages: Readonly<Record<string, string>>
}

/**
 * What can be added to an installation by `npm run add`, since not everybody needs it and it is large. Each has a folder of
 * its own in the state folder, so that neither `npm ci` nor another addition takes it away.
 */
export const ADDITIONS = {
  ocr: {
    purpose: 'text of scans, in English; more languages are packages @tesseract.js-data/…',
    packages: {
      'tesseract.js': '7.0.0',
      '@tesseract.js-data/eng': '1.0.0',
      '@tesseract.js-data/osd': '1.0.0',
    },
  },
} as const satisfies Readonly<Record<string, AdditionFacts>>

/** An addition of {@link ADDITIONS}. */
export type AdditionId = keyof typeof ADDITIONS

/** The ids of all additions. */
export const ADDITION_IDS: readonly AdditionId[] = ['ocr']

/** Where an addition is, below the state folder; its packages are in `node_modules` there. */
export function additionFolder(home: string, id: AdditionId): string {
  return join(home, 'added', id)
}

const packageSchema = z.object({ version: z.string() })

/** Whether an addition is there, in the versions that it has to have. */
export function isAdded(home: string, id: AdditionId): boolean {
  const modules = join(additionFolder(home, id), 'node_modules')
  return Object.entries(ADDITIONS[id].packages).every(
    ([name, version]) => versionOf(join(modules, name)) === version,
  )
}

function versionOf(folder: string): string | undefined {
  try {
    const said: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return packageSchema.parse(said).version
  } catch {
    return undefined
  }
}
