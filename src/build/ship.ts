import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import * as z from 'zod/mini'
import type { Bundled } from './bundle-action.ts'
import { licencesFor } from './licences.ts'
import { assetPath } from './references.ts'

const aboutSchema = z.object({ name: z.string() })

/** What a file of a package needs beside it. */
const COMPANIONS: Readonly<Record<string, readonly string[]>> = {
  'exiftool-vendored.pl/bin/exiftool': ['bin/lib', 'bin/arg_files'],
  harfbuzzjs: ['dist/harfbuzz.js', 'dist/harfbuzz.wasm'],
}
/** What of them nothing reads: documentation, the names of places, and those of tags in other languages. */
const UNREAD = /\.pod$|\/Geolocation\.dat$|\/Image\/ExifTool\/Lang$/
/** What of a package has to be where its code is, wherever that is. */
const ABOUT = /^(?:package\.json|(?:licen[cs]e|notice|copying)(?:\b|_).*(?<!\.[cm]?[jt]s))$/i

/**
 * Copies what bundles need beside them: the files of the project that they read, sharp, and the files of packages that they
 * ask the place of, each with the package.json and the licences of its package.
 *
 * @param folder - of the bundles; the packages go into its node_modules
 * @returns what was copied, and the folders that it was found in, as absolute paths
 * @throws {Error} one sentence naming the module that asks for a file which is not there
 */
export async function shipPackages(options: {
  project: string
  folder: string
  bundled: Bundled
}): Promise<string[]> {
  const { project, folder, bundled } = options
  const shipped: string[] = []
  const copy = async (from: string, to: string): Promise<void> => {
    await copyWhole(from, to, (each) => shipped.push(each))
  }
  for (const asset of bundled.assets) {
    if (!existsSync(asset)) {
      throw new Error(`there is no ${path.relative(project, asset)}, which a module reads.`)
    }
    await copy(asset, path.join(folder, assetPath(project, asset)))
  }
  async function addLicences(name: string): Promise<void> {
    for (const [called, from] of licencesFor(name)) {
      await copy(from, path.join(folder, 'node_modules', name, called))
    }
  }
  for (const { file, module } of bundled.files) {
    const from = findFile(file, path.relative(project, module), createRequire(module))
    const name = packageName(file)
    const root = await packageRoot(from, name)
    shipped.push(root)
    const about = (await readdir(root)).filter((each) => ABOUT.test(each))
    for (const each of [...about, path.relative(root, from), ...(COMPANIONS[file] ?? [])]) {
      await copy(path.join(root, each), path.join(folder, 'node_modules', name, each))
    }
    await addLicences(name)
  }
  for (const [place, from] of bundled.sharp) {
    await copy(from, path.join(folder, place))
    await addLicences(place.slice('node_modules/'.length))
  }
  return shipped
}

function findFile(file: string, module: string, require: NodeJS.Require): string {
  try {
    return require.resolve(file)
  } catch (error) {
    throw new Error(`${module} asks for the place of ${file}, which is not installed.`, {
      cause: error,
    })
  }
}

/** The name of the package that a file such as `@embedpdf/pdfium/pdfium.wasm` is of. */
function packageName(file: string): string {
  return file
    .split('/')
    .slice(0, file.startsWith('@') ? 2 : 1)
    .join('/')
}

/** The folder of the package that a file is in; a linked package need not lie in a node_modules. */
async function packageRoot(file: string, name: string): Promise<string> {
  const installed = path.join('node_modules', name)
  let folder = path.dirname(file)
  while (folder !== path.dirname(folder)) {
    if (folder.endsWith(path.sep + installed)) return folder
    const about = path.join(folder, 'package.json')
    const read: unknown = existsSync(about) ? JSON.parse(await readFile(about, 'utf8')) : undefined
    if (z.safeParse(aboutSchema, read).data?.name === name) return folder
    folder = path.dirname(folder)
  }
  throw new Error(`${file} lies in no package ${name}.`)
}

/**
 * Copies a file or a folder, so that who unpacks it gets files that everybody may read and nobody runs.
 *
 * @param tell - is told of each file and folder
 */
async function copyWhole(from: string, to: string, tell: (from: string) => void): Promise<void> {
  if (UNREAD.test(from)) return
  tell(from)
  if ((await stat(from)).isDirectory()) {
    const names = await readdir(from)
    await Promise.all(
      names.map((name) => copyWhole(path.join(from, name), path.join(to, name), tell)),
    )
    return
  }
  await mkdir(path.dirname(to), { recursive: true })
  await copyFile(from, to)
  await chmod(to, 0o644)
}
