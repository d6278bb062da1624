import path from 'node:path'
import {
  actionsWithCases,
  type ReadyCase,
  readCases,
  type UnfitCase,
} from '../../cases/test-case.ts'
import type { ProjectActions } from '../project-actions.ts'
import type { TestWorkerOptions } from './test-worker-options.ts'

/** An action with the cases that are to be run, one at least. */
export interface Suite {
  readonly action: string
  readonly folder: string
  readonly cases: readonly (ReadyCase | UnfitCase)[]
}

/**
 * Finds the cases that were asked for.
 *
 * @throws {Error} one sentence when there are none, or there is no such action
 */
export function findSuites(
  { caseFolders, fullName }: Pick<ProjectActions, 'caseFolders' | 'fullName'>,
  { action: asked, testCase }: Pick<TestWorkerOptions, 'action' | 'testCase'>,
): Suite[] {
  const folders = caseFolders
    .flatMap((cases) => actionsWithCases(cases).map((action) => path.join(cases, action)))
    .filter((folder) => asked === undefined || path.basename(folder) === asked)
  const inFolders = caseFolders.map((folder) => path.join(folder, asked ?? '*'))
  if (folders.length === 0) {
    throw new Error(
      asked === undefined
        ? `No worker tests found in '${inFolders.join("', '")}'`
        : `No tests found for action ${asked}, missing directory: ${inFolders.join(', ')}`,
    )
  }
  for (const folder of folders) fullName(path.basename(folder))
  const suites = folders.map((folder) => ({
    action: path.basename(folder),
    folder,
    cases: readCases(folder),
  }))
  if (suites.every(({ cases }) => cases.length === 0)) {
    throw new Error(`No test cases found in '${folders.join("', '")}'`)
  }
  const matching = suites
    .map((suite) => ({
      ...suite,
      cases: suite.cases.filter(
        ({ name }) => testCase === undefined || matchesGlob(path.basename(name), testCase),
      ),
    }))
    .filter(({ cases }) => cases.length > 0)
  if (matching.length > 0) return matching
  const where = asked === undefined ? '' : ` of action ${asked}`
  throw new Error(`No test case${where} is called ${testCase}`)
}

/** A leading `!` inverts the rest, as in minimatch, which the original asks; `!(a|b)` is a glob of its own. */
function matchesGlob(name: string, glob: string): boolean {
  return /^!(?!\()/.test(glob) ? !matchesGlob(name, glob.slice(1)) : path.matchesGlob(name, glob)
}
