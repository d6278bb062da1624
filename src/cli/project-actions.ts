import { realpathSync } from 'node:fs'
import path from 'node:path'
import { type Config, projectFolder } from '../config.ts'
import { WORKER_PACKAGE } from '../contract/actions.ts'
import { APP_CONFIG, findProject, MANIFEST, readAppParts } from '../runtime/deploy/app-config.ts'
import { manifestOf, readManifest } from '../runtime/deploy/manifest.ts'

/** The folder of Darkroom itself, which is a project with actions, too. */
export const OWN_PROJECT = path.resolve(import.meta.dirname, '../..')

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
 * Finds the project that a command is for.
 *
 * @throws {Error} one sentence when the folder is in none
 */
export function requireProject(): string {
  const folder = projectFolder()
  const project = findProject(folder)
  if (project !== undefined) return project
  throw new Error(
    `There is no ${APP_CONFIG} and no ${MANIFEST} in ${folder} or above it; run this in the folder of a project.`,
  )
}

/** The folder of the project that a command is for, if it is another than Darkroom itself. */
export function findOtherProject(): string | undefined {
  const project = findProject(projectFolder())
  return project === undefined || isOwnProject(project) ? undefined : project
}

/** Whether the folder of a project is that of Darkroom itself. */
export function isOwnProject(project: string): boolean {
  return realpathSync(project) === realpathSync(OWN_PROJECT)
}

/**
 * Reads what a project says of its actions.
 *
 * @param project - its folder; that of the project that the command is for unless given
 * @throws {Error} one sentence
 */
export function readProjectActions(
  { manifestVariables }: Config,
  project = requireProject(),
): ProjectActions {
  const manifest = manifestOf(project)
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
