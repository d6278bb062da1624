import type { Store } from '../state.ts'

/**
 * Has something loaded that changes meanwhile: who asks for it while it is on its way has it asked for once more, however many do.
 *
 * @param load - must not throw
 */
export function onceMore(load: (store: Store) => Promise<void>): (store: Store) => Promise<void> {
  let asked = 0

  return async (store) => {
    asked += 1
    if (asked > 1) return
    let answered
    do {
      answered = asked
      await load(store)
    } while (asked > answered)
    asked = 0
  }
}
