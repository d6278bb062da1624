import { html, type TemplateResult } from 'lit'
import { valueOf } from './value-of.ts'
import '@spectrum-web-components/search/sp-search.js'

/** A field in which is searched with each letter that is typed. */
export function searchField({
  label,
  text,
  onSearch,
  size = 'm',
}: {
  readonly label: string
  readonly text: string
  readonly onSearch: (text: string) => void
  readonly size?: 's' | 'm'
}): TemplateResult {
  return html`<sp-search
    label=${label}
    placeholder=${label}
    size=${size}
    .value=${text}
    @input=${(event: Event) => onSearch(valueOf(event))}
    @submit=${(event: Event) => event.preventDefault()}
  ></sp-search>`
}
