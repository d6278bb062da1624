import path from 'node:path'
import { FORMAT_ALIASES, SERVED_FORMATS } from '../../image-serving/served-formats.ts'
import { UsageError } from '../arguments.ts'

/** By the extensions that files have, where these are other names than those of `fmt`. */
const EXTENSIONS: Readonly<Record<string, string>> = { jp2: 'jpeg2000' }

/** Formats that keep what is transparent, unless somebody says otherwise. */
const KEEPS_ALPHA = new Set(['png', 'webp', 'avif', 'gif'])

/**
 * Puts the format that the name of a file says before commands, where they may say another.
 *
 * @throws {UsageError} when the name says none, and commands neither
 */
export function withFormatOf(file: string, commands: string): string {
  const extension = path.extname(file).slice(1).toLowerCase()
  const format = EXTENSIONS[extension] ?? FORMAT_ALIASES[extension] ?? extension
  if (!Object.hasOwn(SERVED_FORMATS, format)) {
    if (/(?:^|&)fmt=/i.test(commands)) return commands
    throw new UsageError(
      `${file} must have an extension that says its format, such as .jpg, .png or .webp; or the commands a fmt.`,
    )
  }
  return `fmt=${format}${KEEPS_ALPHA.has(format) ? '-alpha' : ''}&${commands}`
}
