import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '../config.ts'
import { WORKER_PACKAGE } from '../contract/actions.ts'
import { readManifest } from '../runtime/deploy/manifest.ts'

/** The packages that `aio` puts workers into: that of the extension, and that of projects from before there were any. */
const PACKAGES = [WORKER_PACKAGE, '__APP_PACKAGE__']

/** The actions of the project in the current folder. */
export interface ProjectActions {
  /** The path of its manifest.yml. */
  readonly manifest: string
  /** Without their package. */
  readonly names: readonly string[]
  /**
   * The name of an action with its package.
   *
   * @throws {Error} one sentence when there is no such action
   */
  readonly fullName: (name: string) => string
}

/**
 * Reads the manifest.yml of the current folder.
 *
 * @throws {Error} one sentence
 */
export function readProjectActions({ manifestVariables }: Config): ProjectActions {
  const manifest = path.resolve('manifest.yml')
  if (!existsSync(manifest)) {
    throw new Error(
      `There is no manifest.yml in ${process.cwd()}; run this in the folder of a project.`,
    )
  }
  const all = readManifest(manifest, manifestVariables).map(({ name }) => name)
  const inPackage = PACKAGES.map((name) => all.filter((each) => each.startsWith(`${name}/`)))
  const actions = inPackage.find((each) => each.length > 0) ?? []
  return {
    manifest,
    names: actions.map((each) => path.basename(each)),
    fullName(name) {
      const found = actions.find((each) => path.basename(each) === name)
      if (found === undefined) throw new Error(`Action not found in manifest: ${name}`)
      return found
    },
  }
}
