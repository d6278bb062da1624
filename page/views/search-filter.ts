import { html, nothing, type TemplateResult } from 'lit'
import type { SearchedFor } from '../model/searched-for.ts'
import { formatNumber } from '../strings.ts'
import '@spectrum-web-components/search/sp-search.js'
import './search-filter.css'

/** What a list can be searched and filtered by, and who is told of it. */
interface Searching {
  /** What the field is called. */
  readonly search: string
  /** What the choices are called together. */
  readonly states: string
  readonly filter: SearchedFor
  readonly choices: readonly {
    readonly state: string
    readonly label: string
    /** How many there are; undefined while nobody knows. */
    readonly count: number | undefined
  }[]
  readonly onChange: (filter: SearchedFor) => void
}

/** A field to search a list, and what can be left of it, each with how many there are. */
export function searchFilter({
  search,
  states,
  filter,
  choices,
  onChange,
}: Searching): TemplateResult {
  const type = ({ currentTarget }: Event): void => {
    if (currentTarget instanceof HTMLElement && 'value' in currentTarget) {
      onChange({ ...filter, text: String(currentTarget.value) })
    }
  }
  return html`<div class="search-filter">
    <sp-search
      label=${search}
      placeholder=${search}
      .value=${filter.text}
      @input=${type}
      @submit=${(event: Event) => event.preventDefault()}
    ></sp-search>
    <fieldset>
      <legend class="unseen">${states}</legend>
      ${choices.map(
        ({ state, label, count }) => html`<label>
          <input
            type="radio"
            name="shown-states"
            .checked=${filter.state === state}
            @change=${() => onChange({ ...filter, state })}
          />${label}${count === undefined ? nothing : html`<span class="count">${formatNumber(count)}</span>`}</label
        >`,
      )}
    </fieldset>
  </div>`
}
