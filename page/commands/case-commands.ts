import * as z from 'zod/mini'
import { type TestCase, testCaseSchema } from '../../src/doors/page/api.ts'
import { canRun, isWaiting, keyOfCase, takeOver } from '../model/case-list.ts'
import { changeCases } from '../model/case-progress.ts'
import { ask, jsonBody, urlOf } from '../service.ts'
import type { Store } from '../state.ts'
import { strings } from '../strings.ts'
import { tellProblem } from './notices.ts'

/** Asks for the test cases as they are on the disk now. */
export async function loadCases(store: Store): Promise<void> {
  const before = store.state().cases
  try {
    const loaded = await ask(z.array(testCaseSchema), urlOf('cases'))
    const known = store.state()
    store.change(changeCases(known, takeOver(loaded, before ?? [], known.cases ?? [])))
  } catch (error) {
    tellProblem(store, error)
    return
  }
  // Results that came while the first list was on its way belonged to no case that was known.
  if (before === undefined && store.state().cases?.some(isWaiting)) await loadCases(store)
}

/** Has cases run that can be now; how they come on is told by updates. */
export async function startCases(store: Store, cases: readonly TestCase[]): Promise<void> {
  const idle = cases.filter(canRun)
  if (idle.length === 0) return
  try {
    await ask(
      z.undefined(),
      urlOf('cases', 'run'),
      jsonBody('POST', {
        cases: idle.map((each) => keyOfCase(each)),
        testMode: store.state().caseTestMode,
      }),
    )
  } catch (error) {
    tellProblem(store, error)
  }
}

/** Stops all that run or wait. */
export async function stopCases(store: Store): Promise<void> {
  try {
    await ask(z.undefined(), urlOf('cases', 'stop'), { method: 'POST' })
  } catch (error) {
    tellProblem(store, error)
  }
}

/** Stops one; the others go on. */
export async function stopCase(store: Store, { action, name }: TestCase): Promise<void> {
  try {
    await ask(z.undefined(), urlOf('cases', action, name, 'stop'), { method: 'POST' })
  } catch (error) {
    tellProblem(store, error)
  }
}

/** Makes the rendition of the last run of a case the expected one. */
export async function acceptCaseRendition(store: Store, { action, name }: TestCase): Promise<void> {
  try {
    const accepted = await ask(testCaseSchema, urlOf('cases', action, name, 'accept'), {
      method: 'POST',
    })
    const key = keyOfCase(accepted)
    const known = store.state()
    const cases = known.cases?.map((each) => (keyOfCase(each) === key ? accepted : each))
    store.change({
      ...(cases && changeCases(known, cases)),
      notice: { kind: 'positive', text: strings.cases.accepted(key) },
    })
  } catch (error) {
    tellProblem(store, error)
  }
}
