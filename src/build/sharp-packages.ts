import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod/mini'
import { npmCall } from '../base/npm-call.ts'

/** What Adobe I/O Runtime runs on. */
const RUNTIME = { os: 'linux', cpu: 'x64', libc: 'glibc' } as const

/** What of sharp is for it alone; a lock that was made on another machine may lack it. */
const NATIVE = ['sharp', 'sharp-libvips'].map(
  (name) => `node_modules/@img/${name}-${RUNTIME.os}-${RUNTIME.cpu}`,
)

const NOT_AS_LOCKED = 'a package of it is not what package-lock.json says, or cannot be had'

const names = z.optional(z.record(z.string(), z.string()))
const lockedSchema = z.looseObject({
  version: z.optional(z.string()),
  dependencies: names,
  optionalDependencies: names,
  os: z.optional(z.array(z.string())),
  cpu: z.optional(z.array(z.string())),
  libc: z.optional(z.array(z.string())),
})
const lockSchema = z.object({ packages: z.record(z.string(), lockedSchema) })
const installedSchema = z.object({ version: z.string() })

type Locked = z.infer<typeof lockedSchema>
/** Packages as package-lock.json has them, by the folder they are installed in: `node_modules/sharp`. */
type Lock = Readonly<Record<string, Locked>>

/**
 * Finds sharp and all it needs on Adobe I/O Runtime, in the versions of package-lock.json. What this machine has not
 * installed since it is another machine, npm fetches once, beside Node's compiled code.
 *
 * @param options.installed - the folder whose node_modules may have them already; the project unless given
 * @returns the folders of the packages by their places in an action, such as `node_modules/sharp`
 * @throws {Error} one sentence
 */
export async function findSharp(options: {
  project: string
  installed?: string
}): Promise<ReadonlyMap<string, string>> {
  const { project, installed = project } = options
  const file = await readFile(path.join(project, 'package-lock.json'), 'utf8').catch(
    (error: unknown) => {
      throw new Error(
        `there is no package-lock.json, which says which version of sharp it takes; npm install writes it.`,
        { cause: error },
      )
    },
  )
  const lock = lockSchema.parse(JSON.parse(file)).packages
  const wanted = collect(lock, runsOnRuntime)
  const missing = NATIVE.find((place) => !(place in wanted))
  if (missing !== undefined) {
    throw new Error(`package-lock.json has no ${missing}, which sharp needs on Adobe I/O Runtime.`)
  }
  const folder = (await hasAll(installed, wanted))
    ? installed
    : await fetchSharp(project, lock, wanted)
  return new Map(Object.keys(wanted).map((place) => [place, path.join(folder, place)]))
}

function runsOnRuntime(locked: Locked): boolean {
  return Object.entries(RUNTIME).every(([trait, value]) => {
    const allowed = locked[trait]
    return !Array.isArray(allowed) || allowed.includes(value)
  })
}

/** Takes sharp out of a lock, with what it depends on. */
function collect(lock: Lock, isWanted: (locked: Locked) => boolean): Lock {
  const found = new Map<string, Locked>()
  function add(name: string, dependent: string): void {
    const place = findPlace(lock, name, dependent)
    const locked = place === undefined ? undefined : lock[place]
    if (place === undefined || locked === undefined || found.has(place) || !isWanted(locked)) return
    found.set(place, locked)
    const { dependencies, optionalDependencies } = locked
    for (const each of Object.keys({ ...dependencies, ...optionalDependencies })) add(each, place)
  }
  add('sharp', '')
  return Object.fromEntries(found)
}

/** Where a package lies that another one depends on: as near to it as possible. */
function findPlace(lock: Lock, name: string, dependent: string): string | undefined {
  const place = path.posix.join(dependent, 'node_modules', name)
  if (place in lock || dependent === '') return place in lock ? place : undefined
  const outer = dependent.slice(0, Math.max(0, dependent.lastIndexOf('node_modules') - 1))
  return findPlace(lock, name, outer)
}

async function hasAll(folder: string, lock: Lock): Promise<boolean> {
  const found = await Promise.all(
    Object.entries(lock).map(async ([place, { version }]) => {
      const file = path.join(folder, place, 'package.json')
      if (!existsSync(file)) return false
      return installedSchema.parse(JSON.parse(await readFile(file, 'utf8'))).version === version
    }),
  )
  return found.every(Boolean)
}

/** Has npm install sharp for Adobe I/O Runtime; it checks the integrity that package-lock.json has for every package. */
async function fetchSharp(project: string, lock: Lock, wanted: Lock): Promise<string> {
  const packages = collect(lock, () => true)
  const version = packages['node_modules/sharp']?.version ?? ''
  const root = { name: 'sharp-of-the-runtime', version: '0.0.0', dependencies: { sharp: version } }
  const cut = JSON.stringify({
    name: root.name,
    version: root.version,
    lockfileVersion: 3,
    requires: true,
    packages: { '': root, ...packages },
  })
  const hash = createHash('sha256').update(cut).digest('hex').slice(0, 16)
  const cache = path.join(project, 'node_modules', '.cache', 'darkroom')
  const folder = path.join(cache, `sharp-${RUNTIME.os}-${RUNTIME.cpu}-${hash}`)
  if (existsSync(folder)) return folder

  await mkdir(cache, { recursive: true })
  const part = await mkdtemp(`${folder}.`)
  try {
    await writeFile(path.join(part, 'package.json'), JSON.stringify(root))
    await writeFile(path.join(part, 'package-lock.json'), cut)
    await install(part, version)
    // What is for one platform is optional, and npm says nothing when it leaves that out.
    if (!(await hasAll(part, wanted))) throw cannotFetch(version, NOT_AS_LOCKED)
    // Whoever was faster has put the same there.
    await rename(part, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(part, { recursive: true, force: true })
  }
  return folder
}

async function install(folder: string, version: string): Promise<void> {
  const target = Object.entries(RUNTIME).map(([trait, value]) => `--${trait}=${value}`)
  const flags = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund']
  const { command, args, shell } = npmCall(['ci', ...target, ...flags])
  try {
    await promisify(execFile)(command, args, { cwd: folder, shell })
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
    const said = /npm error (?!code |syscall |errno )(?:network )?(.*)/.exec(output)?.[1]
    throw cannotFetch(version, said ?? String(error))
  }
}

function cannotFetch(version: string, reason: string): Error {
  return new Error(`npm cannot fetch sharp ${version} for ${RUNTIME.os}-${RUNTIME.cpu}: ${reason}.`)
}
