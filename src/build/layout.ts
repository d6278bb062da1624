import { existsSync } from 'node:fs'
import path from 'node:path'

/** The folder of built actions, relative to the project; manifest.yml points into it, so that `aio` zips what is there. */
const BUILT = path.join('build', 'actions')

/** The folder that the action `name` is built into, as an absolute path. */
export function builtFolder(project: string, name: string): string {
  return path.join(project, BUILT, name)
}

/** What the module of an action may be called; the first unless there is another. */
const MODULES = ['index.ts', 'index.js', 'index.mjs']

/** The module that the action `name` is built from, as an absolute path; it need not exist. */
export function sourceModule(project: string, name: string): string {
  const modules = MODULES.map((module) => path.join(project, 'actions', name, module))
  const [first = ''] = modules
  return modules.find((module) => existsSync(module)) ?? first
}

/** The name of the action whose built folder this is; undefined for anything else. */
export function builtAction(project: string, file: string): string | undefined {
  const name = path.basename(file)
  return file === builtFolder(project, name) ? name : undefined
}
