import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OperationError } from '../../base/operation-error.ts'

/** A Chromium that can be run. */
export interface BrowserProgram {
  readonly command: string
  /** What it needs to see of the disk besides what every program does. */
  readonly folder?: string
  /** Where libraries are that the system may not have. */
  readonly libraries?: string
  /** Where letters are that the system may not have. */
  readonly fonts?: string
}

/** What unpacking takes at most, in milliseconds: some seconds on a machine that has nothing else to do. */
const UNPACKING_MS = 120_000

let unpacked: Promise<BrowserProgram> | undefined

/**
 * The Chromium to capture with: the one that comes with npm where it runs, since it starts several times as fast as those that
 * people look at pages with; else that of the machine.
 *
 * @param machine - the path of the machine's, if it has one
 * @param embedded - whether the one of npm is to be taken where it runs
 * @throws {@link OperationError} when there is neither, or it cannot be unpacked
 */
export async function findBrowser(
  machine: string | undefined,
  embedded: boolean,
): Promise<BrowserProgram | undefined> {
  if (!embedded || !isEmbeddedHere())
    return machine === undefined ? undefined : { command: machine }
  try {
    unpacked ??= unpack()
    return await unpacked
  } catch (error) {
    unpacked = undefined
    if (machine !== undefined) return { command: machine }
    throw new OperationError(
      'browser_unusable',
      { problem: 'the one that comes with npm ci could not be unpacked' },
      { cause: error },
    )
  }
}

/** Its package has a program for this system alone. */
function isEmbeddedHere(): boolean {
  return process.platform === 'linux' && process.arch === 'x64'
}

async function unpack(): Promise<BrowserProgram> {
  const main = fileURLToPath(import.meta.resolve('@sparticuz/chromium'))
  const { version } = JSON.parse(readFileSync(join(main, '../../package.json'), 'utf8'))
  const cache = join(main, '../../../../.cache/darkroom-chromium')
  const folder = join(cache, String(version))
  if (existsSync(folder)) return toProgram(folder)
  const partial = await makeFolder(cache)
  try {
    await runUnpacking(partial)
    // For whatever user it is run as.
    for (const file of await readdir(partial, { recursive: true, withFileTypes: true })) {
      if (!file.isSymbolicLink()) await chmod(join(file.parentPath, file.name), 0o755)
    }
    await chmod(partial, 0o755)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
  try {
    await rename(partial, folder)
  } catch {
    if (!existsSync(folder)) {
      // It is where nothing stays.
      process.once('exit', () => rmSync(partial, { recursive: true, force: true }))
      return toProgram(partial)
    }
    // Another process was here first.
    await rm(partial, { recursive: true, force: true })
  }
  return toProgram(folder)
}

/** A folder beside the one that it will be; a temporary one where packages cannot be written to. */
async function makeFolder(cache: string): Promise<string> {
  try {
    await mkdir(cache, { recursive: true })
    return await mkdtemp(join(cache, 'partial-'))
  } catch {
    return mkdtemp(join(tmpdir(), 'darkroom-chromium-'))
  }
}

async function runUnpacking(folder: string): Promise<void> {
  const module = fileURLToPath(new URL('./unpack-process.ts', import.meta.url))
  const child = spawn(process.execPath, [module], {
    env: { TMPDIR: folder },
    stdio: 'ignore',
    signal: AbortSignal.timeout(UNPACKING_MS),
    killSignal: 'SIGKILL',
  })
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`unpacking Chromium ended with ${code}`)),
    )
  })
}

function toProgram(folder: string): BrowserProgram {
  return {
    command: join(folder, 'chromium'),
    folder,
    libraries: join(folder, 'al2023/lib'),
    fonts: join(folder, 'fonts/fonts'),
  }
}
