import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { useTemporaryFolder } from '../fixtures/temporary-folder.ts'

/** What of this project its commands need, its test cases left out. */
const COPIED = [
  'actions',
  'app.config.yaml',
  'manifest.yml',
  'package-lock.json',
  'package.json',
  'src',
  'test/asset-compute/validate',
  'test/asset-compute/validate.ts',
  'test/fixtures',
  'tsconfig.json',
]

/**
 * A copy of this project that the tests of the enclosing `describe` may write to, with the same packages.
 *
 * @param more - further files and folders to copy
 */
export function useProjectCopy(...more: readonly string[]): () => string {
  const folder = useTemporaryFolder()
  const project = (): string => folder.pathTo('project')
  before(() => {
    mkdirSync(project())
    for (const name of [...COPIED, ...more]) {
      cpSync(name, path.join(project(), name), { recursive: true, verbatimSymlinks: true })
    }
    symlinkSync(path.resolve('node_modules'), path.join(project(), 'node_modules'))
  })
  return project
}
