import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access, open } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

/** The programs that the SDK's post-processing starts, or which of them are not installed. */
export type ImageMagick =
  | { installed: true; version: string; exiftool: string; path: string }
  | { installed: false; missing: string }

/**
 * Looks for `convert`, `identify` and `exiftool`.
 *
 * A `convert` that is a script around the real one is passed over: the start of its interpreter is not ImageMagick's.
 *
 * @param searchPath - the folders to look in, as in the variable PATH
 */
export async function findImageMagick(searchPath: string): Promise<ImageMagick> {
  const converts = await findPrograms('convert', searchPath)
  const scripts = await Promise.all(converts.map(isScript))
  const convert = converts.find((_, index) => scripts[index] === false) ?? converts[0]
  const folders =
    convert === undefined ? searchPath : [path.dirname(convert), searchPath].join(path.delimiter)
  const [version, identify, exiftool] = await Promise.all([
    versionOf(convert, '-version', /^Version: ImageMagick (\S+)/),
    versionOf((await findPrograms('identify', folders))[0], '-version', /ImageMagick (\S+)/),
    versionOf((await findPrograms('exiftool', folders))[0], '-ver', /^([\d.]+)/),
  ])
  if (version === undefined || identify === undefined) {
    return { installed: false, missing: 'ImageMagick' }
  }
  if (exiftool === undefined) return { installed: false, missing: 'exiftool' }
  return { installed: true, version, exiftool, path: folders }
}

async function findPrograms(name: string, searchPath: string): Promise<string[]> {
  const files = searchPath.split(path.delimiter).map((folder) => path.join(folder, name))
  const executable = await Promise.all(
    files.map((file) =>
      access(file, constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  )
  return files.filter((_, index) => executable[index])
}

async function isScript(file: string): Promise<boolean> {
  await using handle = await open(file)
  const { buffer } = await handle.read(Buffer.alloc(2))
  return buffer.toString('latin1') === '#!'
}

async function versionOf(
  program: string | undefined,
  option: string,
  pattern: RegExp,
): Promise<string | undefined> {
  if (program === undefined) return undefined
  try {
    const { stdout } = await promisify(execFile)(program, [option])
    return pattern.exec(stdout)?.[1]
  } catch {
    return undefined
  }
}
