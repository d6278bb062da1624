import { globSync } from 'node:fs'
import { copyFile, cp, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { readRootPackage } from './root-package.ts'
import { write } from './write-file.ts'

/**
 * Lays out the package `darkroom-aio`: the commands of `aio`, which start those of the `darkroom` that a project has installed. It has
 * another name than Adobe's package, in whose place a project takes it.
 */
export async function stageAioPlugin(root: string, folder: string): Promise<void> {
  const { version } = await readRootPackage(root)
  const from = path.join(root, 'aio-plugin')
  await mkdir(folder, { recursive: true })
  for (const name of globSync('**/*.{cjs,md}', { cwd: from, exclude: ['node_modules/**'] })) {
    await cp(path.join(from, name), path.join(folder, name))
  }
  await copyFile(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'))
  const about: object = JSON.parse(await readFile(path.join(from, 'package.json'), 'utf8'))
  const published = {
    ...about,
    name: 'darkroom-aio',
    version,
    private: undefined,
    peerDependencies: { darkroom: version },
  }
  await write(path.join(folder, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`)
}
