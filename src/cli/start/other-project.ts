import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { ProjectActions } from '../project-actions.ts'

/** The folder of test cases that the developer page shows, as an absolute path; it need not exist. */
export function casesOf({ manifest, caseFolders }: ProjectActions): string {
  const folders = caseFolders.map((folder) => path.join(path.dirname(manifest), folder))
  const [first = path.join(path.dirname(manifest), 'test', 'asset-compute')] = folders
  return folders.find((folder) => existsSync(folder)) ?? first
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
