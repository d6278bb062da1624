import { serviceStandingSchema } from '../../src/doors/page/api.ts'
import { ask, urlOf } from '../service.ts'
import type { Store } from '../state.ts'

/** How often the service is asked while somebody looks, in milliseconds. */
const INTERVAL_MS = 15_000

/** Asks how the service does. */
export async function loadStanding(store: Store): Promise<void> {
  store.change({ service: await ask(serviceStandingSchema, urlOf('service')) })
}

/** Keeps asking for as long as the page is open and in sight. */
export function followStanding(store: Store): void {
  setInterval(() => {
    if (document.visibilityState !== 'visible' || !store.state().online) return
    // Whether it answers at all is told by the connection.
    void loadStanding(store).catch(() => undefined)
  }, INTERVAL_MS)
}
