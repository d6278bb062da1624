import { readFileSync } from 'node:fs'
import path from 'node:path'
import { check } from '../../base/validation.ts'
import { AEM_STANDARD_RENDITIONS } from '../../contract/aem-profile.ts'
import { profileFileSchema } from '../../contract/profile-file.ts'
import { UsageError } from '../arguments.ts'
import type { NamedInstructions } from '../make-renditions.ts'

/**
 * Reads a `--rendition` such as `name=thumb.webp,fmt=webp,width=200`. The format may be left out when the name tells it.
 *
 * @throws {UsageError}
 */
export function parseRendition(text: string): NamedInstructions {
  const fields = text.split(',').map((field) => {
    const separator = field.indexOf('=')
    if (separator < 1) {
      throw new UsageError(`--rendition ${text}: ${JSON.stringify(field)} must be KEY=VALUE.`)
    }
    return [field.slice(0, separator), parseValue(field.slice(separator + 1))] as const
  })
  return complete(Object.fromEntries(fields), `--rendition ${text}`)
}

function parseValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

/** The `--profile` that this command knows by its name; a file of that name is `./aem`. */
export const AEM_PROFILE = 'aem'

/**
 * Reads a `--profile`: the name of one, or a file.
 *
 * @throws {UsageError}
 */
export function readProfile(file: string): readonly NamedInstructions[] {
  if (file === AEM_PROFILE) return AEM_STANDARD_RENDITIONS
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const why =
      error instanceof SyntaxError
        ? 'it is not JSON'
        : `it is neither ${AEM_PROFILE} nor a file that can be read`
    throw new UsageError(`--profile ${file}: ${why}.`, { cause: error })
  }
  const profile = check(profileFileSchema, value)
  if (!profile.ok) throw new UsageError(`--profile ${file}: ${profile.message}`)
  const renditions = Array.isArray(profile.value) ? profile.value : profile.value.renditions
  if (renditions.length === 0) throw new UsageError(`--profile ${file}: it names no rendition.`)
  return renditions.map((rendition) => complete(rendition, `--profile ${file}`))
}

/** Fills in what a name or a format tells of the other. */
function complete(fields: Record<string, unknown>, where: string): NamedInstructions {
  const { name, fmt } = fields
  if (typeof name !== 'string' || name === '') {
    throw new UsageError(`${where}: every rendition needs a name, such as name=thumb.png.`)
  }
  if (name !== path.basename(name) || name.includes('\\') || name === '..' || name === '.') {
    throw new UsageError(
      `${where}: the name ${JSON.stringify(name)} must be that of a file, without a folder.`,
    )
  }
  if (typeof fmt === 'string') return { ...fields, name, fmt }
  if (fmt !== undefined) throw new UsageError(`${where}: fmt must be a format such as png.`)
  if (fields['worker'] !== undefined) return { ...fields, name }
  const extension = path.extname(name).slice(1)
  if (extension === '') {
    throw new UsageError(`${where}: ${JSON.stringify(name)} tells no format, so fmt= must.`)
  }
  return { ...fields, name, fmt: extension }
}
