import { existsSync, type FSWatcher, watch } from 'node:fs'
import path from 'node:path'

/** Saving a file takes an editor several writes; within this time they count as one. */
const SETTLE_MS = 50

/** What was saved: one action's own folder, or code that several actions may have in common. */
export type Change = { action: string } | 'shared'

/**
 * Watches the sources of actions: `actions/<name>/` for each, and `src/` for what they share.
 *
 * @param project - the folder that both are in
 * @param onChange - told once of all that was saved within a moment
 * @returns ends it
 */
export function watchActions(
  project: string,
  onChange: (changes: readonly Change[]) => void,
): () => void {
  const actions = new Set<string>()
  let shared = false
  let timer: NodeJS.Timeout | undefined

  function tell(): void {
    const changes: Change[] = shared ? ['shared'] : [...actions].map((action) => ({ action }))
    actions.clear()
    shared = false
    onChange(changes)
  }
  function soon(): void {
    clearTimeout(timer)
    timer = setTimeout(tell, SETTLE_MS)
  }

  const watchers = [
    watchFolder(path.join(project, 'actions'), (file) => {
      const [action, ...rest] = file?.split(path.sep) ?? []
      if (action === undefined || rest.length === 0) return
      actions.add(action)
      soon()
    }),
    watchFolder(path.join(project, 'src'), (file) => {
      if (file === null || !/\.(ts|js|json)$/.test(file)) return
      shared = true
      soon()
    }),
  ]
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher?.close()
  }
}

/** Other projects than Darkroom itself need not have both of the folders. */
function watchFolder(
  folder: string,
  onChange: (file: string | null) => void,
): FSWatcher | undefined {
  return existsSync(folder)
    ? watch(folder, { recursive: true }, (_, file) => onChange(file))
    : undefined
}
