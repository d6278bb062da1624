import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import * as z from 'zod/mini'
import { WORKER_PACKAGE } from '../../src/contract/actions.ts'
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

const manifestSchema = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({ actions: z.record(z.string(), z.looseObject({})) }),
  ),
})

/** Leaves these actions in the manifest of a copy. */
export function keepActions(project: string, names: readonly string[]): void {
  const file = path.join(project, 'manifest.yml')
  const manifest = manifestSchema.parse(parse(readFileSync(file, 'utf8')))
  const { [WORKER_PACKAGE]: all } = manifest.packages
  const actions = Object.fromEntries(names.map((name) => [name, all?.actions[name]]))
  const packages = { [WORKER_PACKAGE]: { ...all, actions } }
  writeFileSync(file, stringify({ ...manifest, packages }))
}
