import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ADDITIONS, type AdditionId, additionFolder, isAdded } from '../../programs/additions.ts'

/** How packages are installed: as they are, since a script of one could do anything. */
export const INSTALL = ['install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund']

/**
 * Installs an addition into its folder of the state folder, which is there as a whole or not at all.
 *
 * @param options.npm - runs npm in a folder, and rejects when it fails
 * @throws {Error} one sentence
 */
export async function installAddition(
  id: AdditionId,
  options: { home: string; npm: (args: readonly string[], folder: string) => Promise<unknown> },
): Promise<'added' | 'there already'> {
  const { home, npm } = options
  if (isAdded(home, id)) return 'there already'
  const place = additionFolder(home, id)
  await mkdir(dirname(place), { recursive: true })
  const folder = await mkdtemp(`${place}.`)
  try {
    const { packages } = ADDITIONS[id]
    const project = { private: true, dependencies: packages }
    await writeFile(`${folder}/package.json`, JSON.stringify(project, undefined, 2))
    await npm(INSTALL, folder).catch((error: unknown) => {
      throw new Error(`${id} could not be added: ${reasonOf(error)}`, { cause: error })
    })
    await rm(place, { recursive: true, force: true })
    await rename(folder, place)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  if (!isAdded(home, id)) {
    throw new Error(`${id} could not be added: npm did not install the versions it has to have.`)
  }
  return 'added'
}

/** What npm says was wrong, rather than codes and where its log is. */
function reasonOf(error: unknown): string {
  const { stderr } = Object(error)
  const said = typeof stderr === 'string' ? stderr : ''
  const line = /^npm error (?!code |syscall |errno |A complete log)(?:network )?(.+)$/m.exec(said)
  const reason = line?.[1] ?? (error instanceof Error ? error.message : String(error))
  return `${reason.replace(/\.$/, '')}.`
}
