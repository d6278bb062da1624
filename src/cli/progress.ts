import { logUpdateStderr } from 'log-update'

/** What a command shows on its standard error while it runs. */
export interface Progress<Item> {
  /** @param changed - the one that has ended, or is worth a line where no person watches */
  show: (items: readonly Item[], changed: Item | undefined) => void
  /** Takes away what a person watched; the command's report follows. */
  end: () => void
}

/** Shows all items to a person at a terminal, and a plain line for each change elsewhere; nothing beside JSON. */
export function createProgress<Item>(
  describe: (item: Item) => string,
  { json }: { json: boolean },
): Progress<Item> {
  const live = process.stderr.isTTY && !json
  return {
    show(items, changed) {
      if (live) logUpdateStderr(items.map(describe).join('\n'))
      else if (changed !== undefined && !json) console.error(describe(changed))
    },
    end() {
      if (live) logUpdateStderr.clear()
    },
  }
}
