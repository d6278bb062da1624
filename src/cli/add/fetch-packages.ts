import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { npmCall } from '../../base/npm-call.ts'
import { folderOfPackage, type PinnedPackage } from '../../programs/pinned-package.ts'

/** What a fetch works in; whoever was killed leaves it behind. */
const WORKSHOP = '.fetching-'

/** No fetch takes as long, in milliseconds. */
const LONGEST_FETCH_MS = 60 * 60 * 1000

/**
 * Fetches packages with the npm of this machine, each into a folder of its own; those that are there stay as they are. npm
 * checks what it gets by the hashes, and runs no script of it. Each is complete when its folder appears.
 *
 * @param folder - made if need be
 * @returns those that were not there
 * @throws {Error} one sentence with what npm says
 */
export async function fetchPackages(
  packages: readonly PinnedPackage[],
  folder: string,
): Promise<readonly PinnedPackage[]> {
  const missing = packages.filter((each) => !existsSync(join(folder, folderOfPackage(each))))
  if (missing.length === 0) return []
  await mkdir(folder, { recursive: true })
  await clear(folder)
  const workshop = await mkdtemp(join(folder, WORKSHOP))
  try {
    await writeFile(join(workshop, 'package.json'), JSON.stringify(manifestOf(missing)))
    await writeFile(join(workshop, 'package-lock.json'), JSON.stringify(lockOf(missing)))
    await install(workshop)
    for (const each of missing) {
      await take(join(workshop, 'node_modules', each.name), join(folder, folderOfPackage(each)))
    }
    return missing
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
}

async function clear(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const isOld = Date.now() - (await stat(path)).mtimeMs > LONGEST_FETCH_MS
    if (name.startsWith(WORKSHOP) && isOld) await rm(path, { recursive: true, force: true })
  }
}

async function take(fetched: string, place: string): Promise<void> {
  try {
    await rename(fetched, place)
  } catch (error) {
    // Somebody else has fetched the same meanwhile.
    if (!existsSync(place)) throw error
  }
}

function manifestOf(packages: readonly PinnedPackage[]) {
  const dependencies = Object.fromEntries(packages.map(({ name, version }) => [name, version]))
  return { private: true, dependencies }
}

/** A lock as npm writes it, but for the addresses: it takes those of the registry that it is set up with. */
function lockOf(packages: readonly PinnedPackage[]) {
  const locked = packages.map(({ name, version, integrity }) => [
    `node_modules/${name}`,
    { version, integrity },
  ])
  const { dependencies } = manifestOf(packages)
  return { lockfileVersion: 3, packages: { '': { dependencies }, ...Object.fromEntries(locked) } }
}

const ARGUMENTS = ['ci', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund']

async function install(folder: string): Promise<void> {
  const { command, args, shell } = npmCall([...ARGUMENTS, '--loglevel=error'])
  const npm = spawn(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], shell })
  let said = ''
  npm.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  npm.on('error', reject).on('close', resolve)
  const code = await promise
  if (code === 0) return
  const [first = 'nothing'] = said.split('\n').filter((line) => !line.startsWith('npm error code'))
  throw new Error(`npm could not fetch it: ${first.replace(/^npm error (?:\d+ )?/, '').trim()}`)
}
