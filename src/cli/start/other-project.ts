import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { projectFolder } from '../../config.ts'
import { findProject } from '../../runtime/deploy/app-config.ts'
import type { ProjectActions } from '../project-actions.ts'

/** The folder of test cases that the developer page shows, as an absolute path; it need not exist. */
export function casesOf({ manifest, caseFolders }: ProjectActions): string {
  const folders = caseFolders.map((folder) => path.join(path.dirname(manifest), folder))
  const [first = path.join(path.dirname(manifest), 'test', 'asset-compute')] = folders
  return folders.find((folder) => existsSync(folder)) ?? first
}

/**
 * What a service says of the project that it serves and of its state, unless that is Darkroom itself.
 *
 * @param other - the folder of another project, if it serves one
 * @param project - what that says of its actions
 * @param home - the state folder
 */
export function describeServed(
  other: string | undefined,
  { names }: Pick<ProjectActions, 'names'>,
  home: string,
): string[] {
  if (other === undefined) {
    return findProject(projectFolder()) === undefined
      ? [
          `serves Darkroom's own actions, since ${projectFolder()} is in no project; its state is in ${home}`,
        ]
      : []
  }
  const advice = adviseOnState(other, home)
  return [
    `serves ${names.join(', ')} of ${other}; its state is in ${home}`,
    ...(advice === undefined ? [] : [advice]),
  ]
}

/**
 * Advice to keep the state, which has keys in it, out of a project's repository.
 *
 * @param project - its folder
 * @param home - the state folder
 * @returns undefined where it is not in there, or left out already
 */
export function adviseOnState(project: string, home: string): string | undefined {
  const place = path.relative(project, home)
  const isInside = place !== '' && !place.startsWith('..') && !path.isAbsolute(place)
  if (!isInside || !existsSync(path.join(project, '.git'))) return undefined
  const file = path.join(project, '.gitignore')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/) : []
  const left = new Set(lines.map((line) => line.trim().replace(/^\/|\/$/g, '')))
  return left.has(place)
    ? undefined
    : `${place} has keys in it and is not for git: it should be a line of ${file}`
}
