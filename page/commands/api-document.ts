import { apiDocumentSchema } from '../api-document/api-document.ts'
import { ask, jobsUrl } from '../service.ts'
import type { Store } from '../state.ts'

/**
 * Asks for the document that describes the jobs API, unless it is known.
 *
 * @throws what {@link ask} throws
 */
export async function loadApiDocument(store: Store): Promise<void> {
  if (store.state().apiDocument !== undefined) return
  store.change({ apiDocument: await ask(apiDocumentSchema, jobsUrl('/openapi.json')) })
}
