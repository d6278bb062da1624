import type { PinnedPackage } from '../../programs/pinned-package.ts'
import type { ProgramId } from '../../programs/programs.ts'
import {
  LANGUAGE_CODES,
  LANGUAGES,
  languageOf,
  languagesIn,
  ORIENTATION,
  packageOfLanguage,
  TESSERACT,
} from '../../programs/tesseract.ts'
import { UsageError } from '../arguments.ts'

/** Something that `npm run add` brings. */
export interface Extra {
  readonly purpose: string
  readonly licence: string
  /** What it takes on the disk. */
  readonly size: string
  /** Its variable, which says where it is or is to be. */
  readonly variable: string
  /**
   * What is to be fetched.
   *
   * @param parts - what of it is wanted, as the command line has it
   * @throws {UsageError} when it has no such parts
   */
  readonly packages: (parts: readonly string[]) => readonly PinnedPackage[]
  /** What of it is in its folder, to be read; undefined when nothing is. */
  readonly there: (folder: string) => string | undefined
}

/** What `npm run add` brings, by its name. */
export const EXTRAS = {
  ocr: {
    purpose: `text on the pages of scans, in ${LANGUAGE_CODES.map((code) => `${LANGUAGES[code].title} (${code})`).join(', ')}`,
    licence: 'Apache-2.0; data MIT',
    size: '52 MB, and up to 14 MB a language',
    variable: 'DARKROOM_OCR',
    packages(parts) {
      const chosen = parts.length === 0 ? ['eng'] : parts
      const languages = chosen.map((code) => {
        const language = languageOf(code)
        if (language !== undefined) return packageOfLanguage(language)
        throw new UsageError(
          `ocr has no language ${JSON.stringify(code)}; it has ${LANGUAGE_CODES.join(', ')}.`,
        )
      })
      return [TESSERACT, ORIENTATION, ...languages]
    },
    there(folder) {
      const languages = languagesIn(folder)
      return languages.length === 0 ? undefined : languages.join(', ')
    },
  },
} as const satisfies Readonly<Record<string, Extra>>

/** What people look for here and is better taken from the system, by the names that they have for it; and why. */
export const OF_THE_SYSTEM: Readonly<Record<string, { program: ProgramId; reason: string }>> = {
  office: {
    program: 'soffice',
    reason:
      'LibreOffice as a package of npm takes 251 MB, 1.5 GB of memory and, at some starts, minutes',
  },
  ffmpeg: {
    program: 'ffmpeg',
    reason:
      'no package of npm has a program FFmpeg of today with a clear licence, without a script that downloads it',
  },
}
