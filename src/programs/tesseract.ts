import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { OperationError } from '../base/operation-error.ts'
import { folderOfPackage, type PinnedPackage } from './pinned-package.ts'

/** Tesseract as WebAssembly, under the Apache License 2.0. */
export const TESSERACT: PinnedPackage = {
  name: 'tesseract.js-core',
  version: '7.0.0',
  integrity:
    'sha512-WnNH518NzmbSq9zgTPeoF8c+xmilS8rFIl1YKbk/ptuuc7p6cLNELNuPAzcmsYw450ca6bLa8j3t0VAtq435Vw==',
}

const DATA_VERSION = '1.0.0'

/** What it knows of letters to tell which way up a page is, which is the same for all languages. */
export const ORIENTATION: PinnedPackage = {
  name: '@tesseract.js-data/osd',
  version: DATA_VERSION,
  integrity:
    'sha512-9kRvbrdywiWFuxrii1dLUo6vLpgaNBzi+9OtvXWuDbRM+QJ9TlZjzCLJFO8D2UsKwod0gpLc1mGaC6i1w4g+vg==',
}

/** The languages that it can read, each by its code of ISO 639-2. */
export const LANGUAGES = {
  eng: {
    title: 'English',
    integrity:
      'sha512-mbTumm6KQPUHyzTPQaF3ObXYnx0SqqfV2nabqFVQBwD6Kl7PhGSLSzOlfFTWy0P3BjghaSKA2W9GB19Jk+ZcTg==',
  },
  deu: {
    title: 'German',
    integrity:
      'sha512-3ter1p2gFAiCd5CMC+PodZ9YY2UDomkKj+ytlKeeZqOUmhLx1SDnYPf5zog0g5MBbxYveW+8omI3PUflqHfZ4Q==',
  },
  fra: {
    title: 'French',
    integrity:
      'sha512-pp58gMaoyidoBBLd5y5rnf0WW0Y1994QrGqZrYatITqIU/AReUJMykD+YY3JDgvnmgz7uAx1UmhjjuyEmV8JEA==',
  },
  spa: {
    title: 'Spanish',
    integrity:
      'sha512-9Ln+QKq/TNu4Hy4aOp5b4nXo9U0C6IqJMzNDpAJZe/fNtz6jXG9G/hQgR/Irxj+RGf0M7Xy1MNx1yl4wQUIfeg==',
  },
  ita: {
    title: 'Italian',
    integrity:
      'sha512-Sx19NVYve5VAxEBDL6CWTX+evlvzV+iAS5ejJywcHVsmir/C9Tzw2fExoh97QFc06t48tYZA8VrMobsBzMAEhA==',
  },
  por: {
    title: 'Portuguese',
    integrity:
      'sha512-sQ7GqYUgKaMmV0vNujYoXLlXUp2e5RGGkJxQ3L59kUOaupIugLJeb1dqhrfgyb71XQw7ltdSuXdQIoaoS/rpsQ==',
  },
  nld: {
    title: 'Dutch',
    integrity:
      'sha512-Fq9TDxewYAw3YBLqLYEu3rziNUHq0F1NnnM49vI0E5o6S2oKcirhTumGvv8ws088+li1llyKXT9nfrHuxxetHQ==',
  },
} as const satisfies Readonly<Record<string, { title: string; integrity: string }>>

/** A language of {@link LANGUAGES}. */
export type Language = keyof typeof LANGUAGES

/** The codes of all languages. */
export const LANGUAGE_CODES: readonly Language[] = ['eng', 'deu', 'fra', 'spa', 'ita', 'por', 'nld']

/** The language of a code; undefined for what is none that there is. */
export function languageOf(code: string): Language | undefined {
  return LANGUAGE_CODES.find((each) => each === code)
}

/** What a language is read by. */
export function packageOfLanguage(language: Language): PinnedPackage {
  const { integrity } = LANGUAGES[language]
  return { name: `@tesseract.js-data/${language}`, version: DATA_VERSION, integrity }
}

/** Whether Tesseract is in a folder, whatever the languages. */
export function hasTesseract(folder: string): boolean {
  return [TESSERACT, ORIENTATION].every((each) => existsSync(join(folder, folderOfPackage(each))))
}

/** The languages whose data are in the folder of Tesseract. */
export function languagesIn(folder: string): readonly Language[] {
  return LANGUAGE_CODES.filter((language) =>
    existsSync(join(folder, folderOfPackage(packageOfLanguage(language)))),
  )
}

/**
 * The error for text in a language whose data are not there; undefined when all are.
 *
 * @param folder - that of Tesseract; undefined where there is none
 * @param what - what cannot be made without it, such as "A PDF with the text of scan.pdf"
 */
export function missingLanguages(
  languages: readonly Language[],
  folder: string | undefined,
  what: string,
): OperationError<'program_missing'> | undefined {
  const there = folder === undefined ? [] : languagesIn(folder)
  const missing = languages.filter((language) => !there.includes(language))
  if (folder !== undefined && missing.length === 0) return undefined
  const titles = missing.map((language) => LANGUAGES[language].title)
  return new OperationError('program_missing', {
    what,
    program: folder === undefined ? 'Tesseract' : `what Tesseract knows of ${titles.join(' and ')}`,
    command: `npm run add -- ocr ${missing.join(' ')}`,
  })
}
