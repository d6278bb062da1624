import type { Store } from '../state.ts'

/** Tells the user what could not be done. */
export function tellProblem(store: Store, error: unknown): void {
  store.change({ notice: { kind: 'negative', text: messageOf(error) } })
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Does something; what it throws is told. */
export async function attempt(store: Store, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    tellProblem(store, error)
  }
}
