import { existsSync, type FSWatcher, readdirSync, watch } from 'node:fs'
import path from 'node:path'

/** Saving a file takes an editor several writes; within this time they count as one. */
const SETTLE_MS = 50

/** Files and folders that are watched. */
export interface WatchedFiles {
  /** Watches files, which need not exist yet. */
  add: (files: Iterable<string>) => void
  /** Watches all that is in a folder, but for packages and what begins with a dot; it need not exist yet. */
  addTree: (folder: string) => void
  /** Ends it. */
  close: () => void
}

/**
 * Watches files by the folders that they are in: editors put new files into the places of those that they save.
 *
 * @param onChange - is told once of all that was saved, made or deleted within a moment, by their absolute paths
 */
export function watchFiles(onChange: (files: ReadonlySet<string>) => void): WatchedFiles {
  const watchers = new Map<string, FSWatcher>()
  const trees = new Set<string>()
  let changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  function tell(): void {
    const told = changed
    changed = new Set()
    onChange(told)
  }

  function note(file: string): void {
    changed.add(file)
    clearTimeout(timer)
    timer = setTimeout(tell, SETTLE_MS)
    // It may be the folder that was waited for, or one with new files.
    for (const tree of trees) if (isIn(tree, file) || isIn(file, tree)) watchTree(tree)
  }

  function watchFolder(folder: string): void {
    if (watchers.has(folder)) return
    try {
      const watcher = watch(folder, (_, name) => {
        // It may come again, and is another one then.
        if (!existsSync(folder)) forget(folder)
        if (name !== null && !isTemporary(name)) note(path.join(folder, name))
      })
      watchers.set(folder, watcher)
      // It was deleted.
      watcher.on('error', () => forget(folder))
    } catch {
      // It was deleted at this moment.
    }
  }

  function forget(folder: string): void {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }

  function watchTree(folder: string): void {
    if (!existsSync(folder)) {
      watchFolder(nearestFolder(folder))
      return
    }
    watchFolder(folder)
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const isPassedOver = entry.name === 'node_modules' || entry.name.startsWith('.')
      if (entry.isDirectory() && !isPassedOver) watchTree(path.join(folder, entry.name))
    }
  }

  return {
    add(files) {
      for (const file of files) watchFolder(nearestFolder(path.dirname(file)))
    },
    addTree(folder) {
      trees.add(folder)
      watchFolder(nearestFolder(path.dirname(folder)))
      watchTree(folder)
    },
    close() {
      clearTimeout(timer)
      for (const watcher of watchers.values()) watcher.close()
    },
  }
}

/** Whether a path leads into a folder, or is it. */
export function isIn(folder: string, file: string): boolean {
  return file === folder || file.startsWith(`${folder}${path.sep}`)
}

function nearestFolder(folder: string): string {
  const above = path.dirname(folder)
  return existsSync(folder) || above === folder ? folder : nearestFolder(above)
}

/** What editors keep beside a file that is being written. */
function isTemporary(name: string): boolean {
  return name.startsWith('.') || /~$|\.sw[a-z]$/.test(name)
}
