import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

const PACKAGES = 'node_modules'
const MANIFEST = 'package.json'

/** What an action was made of, as absolute paths. */
interface Read {
  /** Every module in its bundles. */
  readonly modules: readonly string[]
  /** What was copied beside them: files, and the folders that they are in. */
  readonly shipped: readonly string[]
}

/**
 * Finds all that makes a difference to an action: what was read for it, and what says which files those are. That are the names in
 * the folders of modules and in those above them, whatever lies nearer being imported in place of what was; the packages that are
 * installed; and what each package.json and tsconfig.json says.
 *
 * @param project - an absolute path without symbolic links
 * @returns absolute paths, some of which need not exist
 */
export async function findInputs(project: string, { modules, shipped }: Read): Promise<string[]> {
  const inputs = new Set([...modules, ...shipped])
  const folders = new Set(modules.map((module) => path.dirname(module)))
  const [packaged, own] = [[...folders].filter(isPackaged), [...folders].filter(isOwn)]
  for (const folder of packaged.flatMap(foldersOfPackage)) inputs.add(path.join(folder, MANIFEST))
  for (const folder of new Set([project, ...own.flatMap((each) => foldersAbove(each, project))])) {
    const packages = path.join(folder, PACKAGES)
    const listed = [folder, path.join(folder, MANIFEST), packages, ...(await listScopes(packages))]
    for (const each of [...listed, ...(await findTypeScriptConfigs(folder))]) inputs.add(each)
  }
  inputs.add(path.join(project, 'package-lock.json'))
  // npm writes it whenever it has installed something, be it packages of packages.
  inputs.add(path.join(project, PACKAGES, '.package-lock.json'))
  return [...inputs]
}

function isPackaged(folder: string): boolean {
  return folder.split(path.sep).includes(PACKAGES)
}

function isOwn(folder: string): boolean {
  return !isPackaged(folder)
}

/** A folder of a package and those above it, up to that of the package itself. */
function foldersOfPackage(folder: string): string[] {
  const above = path.dirname(folder)
  if (path.basename(above) === PACKAGES || above === folder) return [folder]
  return [folder, ...foldersOfPackage(above)]
}

/** A folder and those above it, up to that of the project; of a linked package, up to its own. */
function foldersAbove(folder: string, project: string): string[] {
  const above = path.dirname(folder)
  const isIn = folder.startsWith(`${project}${path.sep}`)
  const isLast = folder === project || (!isIn && existsSync(path.join(folder, MANIFEST)))
  return isLast || above === folder ? [folder] : [folder, ...foldersAbove(above, project)]
}

/** The folders of packages whose names have a scope. */
async function listScopes(packages: string): Promise<string[]> {
  if (!existsSync(packages)) return []
  const names = await readdir(packages)
  return names.filter((name) => name.startsWith('@')).map((name) => path.join(packages, name))
}

/** The tsconfig.json of a folder, which may come to be, and the files that it names. */
async function findTypeScriptConfigs(folder: string): Promise<string[]> {
  const found = new Set([path.join(folder, 'tsconfig.json')])
  // It grows while there are new ones.
  for (const file of found) {
    if (!existsSync(file)) continue
    const named = (await readFile(file, 'utf8')).matchAll(/"(\.{1,2}\/[^"*]+)"/g)
    for (const [, name = ''] of named) {
      const other = path.resolve(path.dirname(file), name)
      found.add(other.endsWith('.json') ? other : `${other}.json`)
    }
  }
  return [...found]
}
