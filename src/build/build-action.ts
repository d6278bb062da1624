import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { bundle } from './bundle-action.ts'
import { sourceModule } from './layout.ts'
import { findNativePackages } from './native-packages.ts'
import { shipPackages } from './ship.ts'
import type { ZippedSize } from './zipped-size.ts'

const MEGABYTE = 1024 * 1024
/** As large as the ZIP archive of an action may be, see Adobe I/O Runtime's "System settings and limits". */
const MOST_BYTES = 22 * MEGABYTE
/** How many files the sentence names that says that it is larger. */
const LARGEST = 3

const packageSchema = z.object({ version: z._default(z.string(), '0.0.0') })

/**
 * Builds an action into a folder that Adobe I/O Runtime runs as it is, once it is zipped. When it cannot be built there is no
 * such folder afterwards, not even an old one.
 *
 * @param options.project - the folder with `actions/`, `node_modules/`, `package.json` and `package-lock.json`
 * @param options.folder - where it goes
 * @param options.measure - tells how large a folder is when it is zipped
 * @returns how large it is when it is zipped, in bytes
 * @throws {Error} one sentence
 */
export async function buildAction(options: {
  project: string
  name: string
  folder: string
  measure: (folder: string) => Promise<ZippedSize>
}): Promise<number> {
  const { name, folder, measure } = options
  await mkdir(path.dirname(folder), { recursive: true })
  // Somebody else may build the same at this moment, such as `aio app build`.
  const part = await mkdtemp(`${folder}.part-`)
  try {
    await removeWhole(folder, `${part}.old`)
    await chmod(part, 0o755)
    await fill(part, await realpath(options.project), name).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      throw new Error(`${name} cannot be built: ${reason}`, { cause: error })
    })
    const size = await measure(part)
    if (size.bytes > MOST_BYTES) throw new Error(describeExcess(name, size))
    await replace(folder, part)
    return size.bytes
  } finally {
    await rm(part, { recursive: true, force: true })
  }
}

/** Puts a folder into its place, where another build may have put the same since. */
async function replace(folder: string, part: string): Promise<void> {
  for (;;) {
    try {
      await rename(part, folder)
      return
    } catch (error) {
      // Each time that it is taken, another build has come to its end.
      if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error
      await removeWhole(folder, `${part}.old`)
    }
  }
}

/** Removes a folder, and nothing that another build puts into its place meanwhile. */
async function removeWhole(folder: string, aside: string): Promise<void> {
  await rename(folder, aside).catch((error: unknown) => {
    // There is none, or the other build was first.
    if (!hasCode(error, 'ENOENT')) throw error
  })
  await rm(aside, { recursive: true, force: true })
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code)
}

/** @throws {Error} why it cannot be built */
async function fill(folder: string, project: string, name: string): Promise<void> {
  const module = sourceModule(project, name)
  if (!existsSync(module)) throw new Error(`there is no ${path.relative(project, module)}.`)
  const bundled = await bundle({ project, module, folder })
  const native = findNativePackages(bundled.modules)
  if (native.length > 0) throw new Error(describeNative(native))
  await shipPackages({ project, folder, bundled })
  await writeFile(path.join(folder, 'package.json'), await describePackage(project, name))
}

/** Without `dependencies`: OpenWhisk would install them when the action starts. */
async function describePackage(project: string, name: string): Promise<string> {
  const own: unknown = JSON.parse(await readFile(path.join(project, 'package.json'), 'utf8'))
  const { version } = packageSchema.parse(own)
  const content = { name, version, private: true, type: 'commonjs', main: 'index.js' }
  return `${JSON.stringify(content, undefined, 2)}\n`
}

function describeNative(packages: readonly string[]): string {
  return (
    `it imports ${packages.join(', ')}, native code for this machine, and Adobe I/O Runtime is ` +
    'linux-x64; sharp is the one native package that is shipped for it, so take what is JavaScript or WebAssembly instead.'
  )
}

function describeExcess(name: string, { bytes, files }: ZippedSize): string {
  const largest = files
    .slice(0, LARGEST)
    .map((file) => `${file.path} (${inMegabytes(file.bytes)})`)
    .join(', ')
  return (
    `${name} is ${inMegabytes(bytes)} zipped, and Adobe I/O Runtime takes at most ${inMegabytes(MOST_BYTES)}; ` +
    `the largest files in it are ${largest}.`
  )
}

/** A number of bytes as people are told it, such as `18.2 MB`. */
export function inMegabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`
}
