import { html, nothing, type TemplateResult } from 'lit'
import { formatNumber } from '../strings.ts'
import './choices.css'

/** A few things, one of which is chosen. */
export interface Choices<Value extends string> {
  /** Of this name is nothing else on the page. */
  readonly name: string
  /** What is chosen by it, for a screen reader. */
  readonly legend: string
  /** In their order; with how many there are of a kind, where that is told. */
  readonly choices: readonly {
    readonly value: Value
    readonly label: string
    readonly count?: number | undefined
  }[]
  readonly chosen: Value
  readonly onChoose: (value: Value) => void
}

/** Choices beside each other, all of them in sight. */
export function choicesView<Value extends string>(of: Choices<Value>): TemplateResult {
  const { name, legend, choices, chosen, onChoose } = of
  return html`<fieldset class="choices">
    <legend class="unseen">${legend}</legend>
    ${choices.map(
      ({ value, label, count }) => html`<label>
        <input
          type="radio"
          name=${name}
          .checked=${chosen === value}
          @change=${() => onChoose(value)}
        />${label}${
          count === undefined ? nothing : html`<span class="count">${formatNumber(count)}</span>`
        }</label
      >`,
    )}
  </fieldset>`
}
