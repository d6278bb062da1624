import { html, type TemplateResult } from 'lit'
import { type Choices, choicesView } from '../elements/choices.ts'
import { searchField } from '../elements/search-field.ts'
import type { SearchedFor } from '../model/searched-for.ts'

/** What a list can be searched and filtered by, and who is told of it. */
interface Searching {
  /** What the field is called. */
  readonly search: string
  /** What the choices are called together. */
  readonly states: string
  readonly filter: SearchedFor
  readonly choices: Choices<string>['choices']
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
  return html`<div class="filter-bar">
    ${searchField({
      label: search,
      text: filter.text,
      onSearch: (text) => onChange({ ...filter, text }),
    })}
    ${choicesView({
      name: 'shown-states',
      legend: states,
      choices,
      chosen: filter.state,
      onChoose: (state) => onChange({ ...filter, state }),
    })}
  </div>`
}
