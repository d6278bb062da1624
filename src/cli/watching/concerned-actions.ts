import path from 'node:path'
import type { Action } from '../../runtime/run/action.ts'
import type { LoadReport } from '../../runtime/run/protocol.ts'
import { isIn } from './watched-files.ts'

/** Which actions are concerned by which files. */
export interface ConcernedActions {
  /** Takes note of what an action was loaded from, or was to be. */
  note: (action: Action, load: LoadReport) => void
  /**
   * The actions that changed files belong to: those in whose folders they are, those that were loaded from them, and whatever cannot be
   * loaded, which one of them may mend.
   */
  of: (files: ReadonlySet<string>) => readonly { readonly action: Action; readonly isIn: boolean }[]
}

/**
 * Tells which actions are concerned by changes.
 *
 * @param project - the folder of the project; an action right in it has no folder of its own
 */
export function createConcernedActions(
  actions: readonly Action[],
  project: string,
): ConcernedActions {
  const modules = new Map<string, ReadonlySet<string>>()
  const broken = new Set<string>()

  return {
    note({ name }, load) {
      modules.set(name, new Set(load.modules))
      if (load.type === 'ready') broken.delete(name)
      else broken.add(name)
    },
    of: (files) =>
      actions.flatMap((action) => {
        const folder = folderOf(action, project)
        const own = folder !== undefined && [...files].some((file) => isIn(folder, file))
        const known = modules.get(action.name)
        const isConcerned =
          own || broken.has(action.name) || [...files].some((file) => isPartOf(file, action, known))
        return isConcerned ? [{ action, isIn: own }] : []
      }),
  }
}

/** The folder of an action alone; undefined when that is the project's. */
export function folderOf({ file }: Action, project: string): string | undefined {
  const folder = path.dirname(file)
  return folder === project ? undefined : folder
}

function isPartOf(file: string, action: Action, modules: ReadonlySet<string> = new Set()): boolean {
  return file === action.file || modules.has(file)
}
