import * as z from 'zod/mini'
import { ask } from '../service.ts'
import type { Store } from '../state.ts'
import { tellProblem } from './notices.ts'

/** Ends the session of this browser, and goes to where one begins; what the window remembers of the work stays behind. */
export async function signOut(store: Store): Promise<void> {
  try {
    await ask(z.undefined(), '/devtool/sign-out', { method: 'POST' })
  } catch (error) {
    return tellProblem(store, error)
  }
  // What is drawn until the window goes is remembered, too.
  addEventListener('pagehide', () => sessionStorage.clear(), { once: true })
  location.replace('/')
}
