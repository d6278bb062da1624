import * as z from 'zod/mini'
import { listedActionSchema } from '../../src/doors/page/api.ts'
import { ask, urlOf } from '../service.ts'
import type { Store } from '../state.ts'
import { tellProblem } from './notices.ts'

/** Asks what the actions do, since the first update of it may take a second. */
export async function loadActions(store: Store): Promise<void> {
  try {
    store.change({ actions: await ask(z.array(listedActionSchema), urlOf('actions')) })
  } catch (error) {
    tellProblem(store, error)
  }
}
