import { html, nothing, type TemplateResult } from 'lit'
import type { ApiDocument, ApiRoute } from '../api-document/api-document.ts'
import { searchField } from '../elements/search-field.ts'
import { jobsUrl } from '../service.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import '../elements/snippet-dialog.ts'
import './api-call.ts'

const words = strings.api

interface Call {
  readonly method: string
  readonly path: string
  readonly route: ApiRoute
}

/** The calls of the jobs API, each to be opened and tried. */
export function apiView(
  { apiDocument, apiSearch = '', apiOpened }: State,
  store: Store,
): TemplateResult {
  if (apiDocument === undefined) {
    return html`<h1>${words.title}</h1>
      <p class="late">${words.loading}</p>`
  }
  const found = callsOf(apiDocument).filter((call) => matches(call, apiSearch))
  return html`
    <h1>${words.title}</h1>
    <p class="lead">${words.lead} <a href=${jobsUrl('/openapi.json')}>${words.document}</a></p>
    ${searchField({
      label: words.search,
      text: apiSearch,
      onSearch: (text) => store.change({ apiSearch: text }),
    })}
    <p class="unseen" role="status">${found.length === 0 ? words.none : ''}</p>
    ${found.length === 0 ? html`<p aria-hidden="true">${words.none}</p>` : nothing}
    ${apiDocument.tags.map(({ name }) => {
      const calls = found.filter(({ route }) => route.tags.includes(name))
      if (calls.length === 0) return nothing
      return html`<section class="api-calls">
        <h2>${name}</h2>
        ${calls.map((call) => callView(call, apiDocument, apiOpened, store))}
      </section>`
    })}
    <snippet-dialog></snippet-dialog>
  `
}

/** What was opened once stays as it was filled in. */
function callView(
  call: Call,
  document: ApiDocument,
  opened: ReadonlySet<string> = new Set(),
  store: Store,
): TemplateResult {
  const { method, path, route } = call
  const name = `${method} ${path}`
  return html`<details
    class="api-route"
    @toggle=${({ currentTarget }: Event) => {
      const isOpen = currentTarget instanceof HTMLDetailsElement && currentTarget.open
      if (isOpen && !opened.has(name)) store.change({ apiOpened: new Set([...opened, name]) })
    }}
  >
    <summary>
      <span class="api-method ${method}">${method.toUpperCase()}</span>
      <code>${path}</code>
      <span class="api-summary">${route.summary}</span>
    </summary>
    ${opened.has(name) ? html`<api-call .call=${{ ...call, document }}></api-call>` : nothing}
  </details>`
}

function callsOf({ paths }: ApiDocument): readonly Call[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({ method, path, route })),
  )
}

/** Every word that is typed has to be in it. */
function matches({ method, path, route }: Call, text: string): boolean {
  const whole = `${method} ${path} ${route.summary} ${route.description ?? ''}`.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => whole.includes(word))
}
