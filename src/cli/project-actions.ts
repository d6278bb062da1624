import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '../config.ts'
import { WORKER_PACKAGE } from '../contract/actions.ts'
import { APP_CONFIG, findProject, MANIFEST, readAppParts } from '../runtime/deploy/app-config.ts'
import { readManifest } from '../runtime/deploy/manifest.ts'

/** The packages that `aio` puts workers into: that of the extension, and that of projects from before there were any. */
const PACKAGES = [WORKER_PACKAGE, '__APP_PACKAGE__']

/** The actions of a project. */
export interface ProjectActions {
  /** The path of its app.config.yaml, or of its manifest.yml when it has no such file. */
  readonly manifest: string
  /** Without their package. */
  readonly names: readonly string[]
  /** The folders of the test cases of its parts, relative to the project; they need not exist. */
  readonly caseFolders: readonly string[]
  /**
   * The name of an action with its package.
   *
   * @throws {Error} one sentence when there is no such action, or more than one
   */
  readonly fullName: (name: string) => string
}

/**
 * Finds the project that the current folder is in.
 *
 * @throws {Error} one sentence when it is in none
 */
export function requireProject(): string {
  const project = findProject(process.cwd())
  if (project !== undefined) return project
  throw new Error(
    `There is no ${APP_CONFIG} and no ${MANIFEST} in ${process.cwd()} or above it; run this in the folder of a project.`,
  )
}

/**
 * Reads what the project of the current folder says of its actions.
 *
 * @throws {Error} one sentence
 */
export function readProjectActions({ manifestVariables }: Config): ProjectActions {
  const project = requireProject()
  const config = path.join(project, APP_CONFIG)
  const manifest = existsSync(config) ? config : path.join(project, MANIFEST)
  const all = readManifest(manifest, manifestVariables).map(({ name }) => name)
  const inPackage = PACKAGES.map((name) => all.filter((each) => each.startsWith(`${name}/`)))
  const actions = inPackage.find((each) => each.length > 0) ?? all
  return {
    manifest,
    names: actions.map((each) => path.basename(each)),
    caseFolders: readAppParts(project).map(({ tests }) =>
      path.join(path.relative(project, tests), 'asset-compute'),
    ),
    fullName(name) {
      const [found, other] = actions.filter((each) => path.basename(each) === name)
      if (found === undefined) throw new Error(`Action not found in manifest: ${name}`)
      if (other === undefined) return found
      throw new Error(`There are several actions ${name}, ${found} and ${other}; rename one.`)
    },
  }
}
