import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

/** What of this project its commands need, its test cases left out. */
const COPIED = [
  'actions',
  'aio-plugin',
  'app.config.yaml',
  'bin',
  'licences',
  'manifest.yml',
  'package-lock.json',
  'package.json',
  'page',
  'src',
  'test/asset-compute/validate',
  'test/asset-compute/validate.ts',
  'test/support',
  'tsconfig.json',
]

/**
 * Copies this project to a folder that does not exist yet, with the same packages.
 *
 * @param more - further files and folders to copy
 */
export function copyProject(to: string, more: readonly string[]): void {
  mkdirSync(to)
  for (const name of [...COPIED, ...more]) {
    cpSync(name, path.join(to, name), { recursive: true, verbatimSymlinks: true })
  }
  symlinkSync(path.resolve('node_modules'), path.join(to, 'node_modules'))
}

/**
 * A copy of this project that the tests of the enclosing `describe` may write to, with the same packages.
 *
 * @param more - further files and folders to copy
 */
export function useProjectCopy(...more: readonly string[]): () => string {
  const folder = useTemporaryFolder()
  const project = (): string => folder.pathTo('project')
  before(() => copyProject(project(), more))
  return project
}
