import { existsSync, readdirSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { version as bundlerVersion } from 'esbuild'
import * as z from 'zod/mini'
import { findInputs } from './build-inputs.ts'
import { type BuildRecord, forgetRecord, keepRecord, readRecord } from './build-record.ts'
import { bundle } from './bundle-action.ts'
import { hash, hashFolder, isOlder, stampFolder } from './fingerprints.ts'
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

/** An action that is to be built, and how. */
export interface ActionToBuild {
  /** The folder with `actions/`, `node_modules/`, `package.json` and `package-lock.json`. */
  readonly project: string
  readonly name: string
  /** Where it goes. */
  readonly folder: string
  /** Tells how large a folder is when it is zipped. */
  readonly measure: (folder: string) => Promise<ZippedSize>
  /** Tells whether files have changed, see {@link createFingerprints}. */
  readonly fingerprint: (file: string) => string
}

/** An action that is built. */
export interface BuiltAction {
  /** The fingerprint of all that is in its folder, which the package.json there says as well. */
  readonly content: string
  /** How large it is when it is zipped. */
  readonly bytes: number
  /** Whether it was there already, as all that it is made of is as it was. */
  readonly isUnchanged: boolean
}

/**
 * Builds an action into a folder that Adobe I/O Runtime runs as it is, once it is zipped; unless it is there already, and nothing
 * that it is made of has changed. When it cannot be built there is no such folder afterwards, not even an old one.
 *
 * @throws {Error} one sentence
 */
export async function buildAction(options: ActionToBuild): Promise<BuiltAction> {
  const project = await realpath(options.project)
  const known = await readRecord(project, options.name)
  if (known !== undefined && isCurrent(known, { ...options, project })) {
    const { content, bytes } = known
    return { content, bytes, isUnchanged: true }
  }
  await forgetRecord(project, options.name)
  return { ...(await buildAnew({ ...options, project })), isUnchanged: false }
}

/** Whether what was built is as it was, and would become the same today. */
function isCurrent(
  { builder, inputs, stamp }: BuildRecord,
  { project, folder, fingerprint }: ActionToBuild,
): boolean {
  if (builder !== builderOf(fingerprint)) return false
  for (const [input, known] of Object.entries(inputs)) {
    if (fingerprint(path.resolve(project, input)) !== known) return false
  }
  return existsSync(folder) && stampFolder(folder) === stamp
}

/** The fingerprint of what builds: the bundler, and all that it is told here. */
function builderOf(fingerprint: ActionToBuild['fingerprint']): string {
  const names = readdirSync(import.meta.dirname).toSorted()
  const own = names.map((name) => fingerprint(path.join(import.meta.dirname, name)))
  return hash([bundlerVersion, ...own].join('\n'))
}

async function buildAnew(options: ActionToBuild): Promise<Omit<BuiltAction, 'isUnchanged'>> {
  const { project, name, folder, measure, fingerprint } = options
  const began = Date.now()
  await mkdir(path.dirname(folder), { recursive: true })
  // Somebody else may build the same at this moment, such as `aio app build`.
  const part = await mkdtemp(`${folder}.part-`)
  try {
    await removeWhole(folder, `${part}.old`)
    await chmod(part, 0o755)
    const { content, inputs } = await fill(part, project, name).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      throw new Error(`${name} cannot be built: ${reason}`, { cause: error })
    })
    const size = await measure(part)
    const { bytes } = size
    if (bytes > MOST_BYTES) throw new Error(describeExcess(name, size))
    await replace(folder, part)
    const known = inputs.map((input) => [path.relative(project, input), fingerprint(input)])
    if (isOlder(inputs, began)) {
      const [builder, stamp] = [builderOf(fingerprint), stampFolder(folder)]
      const record = { builder, inputs: Object.fromEntries(known), content, stamp, bytes }
      await keepRecord(project, name, record)
    }
    return { content, bytes }
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

/**
 * @returns the fingerprint of what was built, and what it depends on
 * @throws {Error} why it cannot be built
 */
async function fill(
  folder: string,
  project: string,
  name: string,
): Promise<{ content: string; inputs: readonly string[] }> {
  const module = sourceModule(project, name)
  if (!existsSync(module)) throw new Error(`there is no ${path.relative(project, module)}.`)
  const bundled = await bundle({ project, module, folder })
  const native = findNativePackages(bundled.modules)
  if (native.length > 0) throw new Error(describeNative(native))
  const shipped = await shipPackages({ project, folder, bundled })
  const content = hashFolder(folder)
  await writeFile(path.join(folder, 'package.json'), await describePackage(project, name, content))
  return { content, inputs: await findInputs(project, { modules: bundled.modules, shipped }) }
}

/**
 * Without `dependencies`: OpenWhisk would install them when the action starts. `aio` goes by the package.json and the bundles, and
 * would not notice that something in node_modules has changed.
 */
async function describePackage(project: string, name: string, content: string): Promise<string> {
  const own: unknown = JSON.parse(await readFile(path.join(project, 'package.json'), 'utf8'))
  const { version } = packageSchema.parse(own)
  const about = { name, version, private: true, type: 'commonjs', main: 'index.js', content }
  return `${JSON.stringify(about, undefined, 2)}\n`
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
