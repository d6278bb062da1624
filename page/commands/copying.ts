import type { Store } from '../state.ts'
import { tellProblem } from './notices.ts'

/**
 * Puts a text on the clipboard.
 *
 * @param done - what the user is told then
 */
export async function copyText(store: Store, text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    store.change({ notice: { kind: 'positive', text: done } })
  } catch (error) {
    tellProblem(store, error)
  }
}
