import type { TemplateResult } from 'lit'
import { absentView } from '../frame/absent-view.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import { requestSection } from './request-section.ts'

const words = strings.request

/** One request of the history. */
export function requestView(id: string, state: State, store: Store): TemplateResult {
  const request = state.requests.find((each) => each.id === id)
  if (request !== undefined) return requestSection(request, 'page', store)
  const { missingRequest } = state
  return absentView({
    why: missingRequest?.id === id ? missingRequest.why : undefined,
    title: words.missing,
    loading: words.loading,
    heading: strings.history.title,
    back: { label: words.toHistory, route: { view: 'history' } },
  })
}
