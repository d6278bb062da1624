import { type SavedCase, type TestCase, testCaseSchema } from '../../src/doors/page/api.ts'
import { ask, jsonBody, urlOf } from '../service.ts'
import type { Store } from '../state.ts'

/**
 * Has a rendition written as a test case.
 *
 * @throws {RefusedError} such as when there is one of this name
 */
export async function saveCase(store: Store, saved: SavedCase): Promise<TestCase> {
  const written = await ask(testCaseSchema, urlOf('cases'), jsonBody('POST', saved))
  // The list would not be asked for again when the new case is looked at.
  const { cases } = store.state()
  if (cases !== undefined) store.change({ cases: [...cases, written] })
  return written
}
