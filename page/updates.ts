import {
  type CaseResult,
  type DevtoolRequest,
  type TestCase,
  updateSchema,
} from '../src/doors/page/api.ts'
import { followRun } from './commands/request-commands.ts'
import { dropExport, takeExport } from './exports/export-commands.ts'
import { reloadImages } from './images/catalogue/catalogue-commands.ts'
import { dropJob, takeJob } from './jobs/job-commands.ts'
import { changeCases } from './model/case-progress.ts'
import { withoutRun } from './model/known-requests.ts'
import type { KnownRequest, Store } from './state.ts'

/** Follows what the service says of itself, for as long as the page is open; the browser connects anew by itself. */
export function followUpdates(store: Store, onConnected: () => void): void {
  const source = new EventSource('/devtool/api/updates')
  source.addEventListener('open', () => {
    store.change({ online: true })
    onConnected()
  })
  source.addEventListener('error', () => {
    store.change({ online: false })
    // Refused, as by a service that was started anew: it says how to sign in.
    if (source.readyState === EventSource.CLOSED) location.reload()
  })
  source.addEventListener('update', ({ data }) => {
    const update = updateSchema.parse(JSON.parse(data))
    const { requests, cases, caseBatch } = store.state()
    if (update.about === 'request') {
      store.change({ requests: withRequest(requests, update.request) })
      followRun(store, update.request.run.id)
    } else if (update.about === 'removed-run') {
      store.change(withoutRun(store.state(), update.id))
    } else if (update.about === 'case') {
      if (cases) store.change(changeCases({ cases, caseBatch }, withResult(cases, update)))
    } else if (update.about === 'job') {
      takeJob(store, update.job)
    } else if (update.about === 'removed-job') {
      dropJob(store, update.id)
    } else if (update.about === 'export') {
      takeExport(store, update.job)
    } else if (update.about === 'removed-export') {
      dropExport(store, update.number)
    } else if (update.about === 'assets') {
      void reloadImages(store)
    } else {
      store.change({ actions: update.actions })
    }
  })
}

/** Puts a request in the place of the one with its id, or among the others by its time, newest first. */
function withRequest(
  requests: readonly KnownRequest[],
  request: DevtoolRequest,
): readonly KnownRequest[] {
  const others = requests.filter(({ id }) => id !== request.id)
  return [...others, request].toSorted((a, b) => b.sentAt - a.sentAt)
}

function withResult(
  cases: readonly TestCase[],
  { action, name, result }: { action: string; name: string; result: CaseResult },
): TestCase[] {
  return cases.map((each) =>
    each.action === action && each.name === name ? { ...each, result } : each,
  )
}
