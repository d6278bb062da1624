import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { isReady } from '../../cases/test-case.ts'
import type { LoadListener } from '../../compose/service.ts'
import type { Action } from '../../runtime/run/action.ts'
import type { ProjectActions } from '../project-actions.ts'
import {
  type ConcernedActions,
  createConcernedActions,
  folderOf,
} from '../watching/concerned-actions.ts'
import { isIn, watchFiles } from '../watching/watched-files.ts'
import { readWatchedManifest } from '../watching/watched-manifest.ts'
import type { Suite } from './find-suites.ts'

/** What is run again and again. */
export interface WatchedSuites {
  readonly project: Pick<ProjectActions, 'manifest' | 'caseFolders'>
  /**
   * Finds the cases that were asked for, as they are on the disk now.
   *
   * @throws {Error} one sentence when there are none
   */
  readonly find: () => readonly Suite[]
  /** Runs cases and tells their results. */
  readonly run: (suites: readonly Suite[], onLoad: LoadListener) => Promise<void>
}

const WAITING = '\nWaiting for a worker, a case or a mock to be saved; Ctrl-C ends it.'

/**
 * Runs all cases, and then those that are concerned by what is saved: a case for its own files and the script that compares it, all cases
 * of an action for whatever that was loaded from, all of them for the configuration. Never resolves: who has called it, interrupts it.
 */
export async function watchSuites({ project, find, run }: WatchedSuites): Promise<never> {
  const { manifest } = project
  const root = path.dirname(manifest)
  const actions = new Map<string, Action>()
  let concerned: ConcernedActions = createConcernedActions([], root)
  let configuration = readWatchedManifest(manifest)
  let changed = new Set<string>()
  let next = Promise.withResolvers<void>()

  const files = watchFiles((told) => {
    changed = new Set([...changed, ...told])
    next.resolve()
  })
  const onLoad: LoadListener = (action, load) => {
    if (!actions.has(action.name)) {
      actions.set(action.name, action)
      concerned = createConcernedActions([...actions.values()], root)
    }
    concerned.note(action, load)
    files.add(load.modules)
    const folder = folderOf(action, root)
    if (folder !== undefined) files.addTree(folder)
  }

  /** The cases that files make a difference to. */
  function choose(suites: readonly Suite[], told: ReadonlySet<string>): Suite[] {
    if (configuration.files.some((file) => told.has(file))) return [...suites]
    const names = new Set(concerned.of(told).map(({ action }) => path.basename(action.name)))
    return suites
      .map((suite) => ({
        ...suite,
        cases: suite.cases.filter(
          (each) =>
            names.has(suite.action) || filesOf(suite, each).some((file) => isOf(told, file)),
        ),
      }))
      .filter(({ cases }) => cases.length > 0)
  }

  files.add(configuration.files)
  for (const folder of project.caseFolders) files.addTree(path.resolve(folder))
  let told: ReadonlySet<string> | undefined
  for (;;) {
    try {
      const suites = find()
      files.add(suites.flatMap((suite) => suite.cases.flatMap((each) => filesOf(suite, each))))
      const chosen = told === undefined ? suites : choose(suites, told)
      if (chosen.length > 0) {
        await run(chosen, onLoad)
        console.log(WAITING)
      }
    } catch (error) {
      console.error(`\nError: ${error instanceof Error ? error.message : String(error)}`)
      console.log(WAITING)
    }
    await next.promise
    next = Promise.withResolvers()
    told = changed
    changed = new Set()
    configuration = readWatchedManifest(manifest, configuration.files)
    if (configuration.mistake !== undefined) console.error(`\nError: ${configuration.mistake}`)
  }
}

/** The folder of a case, and what else it has to do with. */
function filesOf({ folder }: Suite, each: Suite['cases'][number]): string[] {
  const own = path.resolve(folder, path.basename(each.name))
  const script = isReady(each) ? each.validate : undefined
  return script !== undefined && existsSync(script) ? [own, realpathSync(script)] : [own]
}

function isOf(told: ReadonlySet<string>, file: string): boolean {
  return [...told].some((each) => isIn(file, each))
}
