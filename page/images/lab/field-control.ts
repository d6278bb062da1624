import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { pickerView } from '../../elements/picker.ts'
import { valueOf } from '../../elements/value-of.ts'
import type { ArgumentField } from './argument-fields.ts'
import { hexOf } from './hex-colour.ts'
import { labWords as words } from './lab-words.ts'

/** A field of a line, and whom it tells. */
interface ControlOptions {
  readonly id: string
  /** What it is called by who cannot see it. */
  readonly name: string
  /** Names that can be written, such as those of assets. */
  readonly offered: readonly string[]
  readonly change: (text: string) => void
}

/** A range up to this is moved over with a slider as well. */
const WIDEST_SLIDER = 400

/** The control that fits what an argument is: a number, a word, a switch, a colour or a text. */
export function fieldControl(field: ArgumentField, options: ControlOptions): TemplateResult {
  const { kind } = field
  if (kind.kind === 'number') return numberControl(field, kind, options)
  if (kind.kind === 'word') return wordControl(field, kind.words, options)
  if (kind.kind === 'flag') return flagControl(field, options)
  if (kind.kind === 'colour') return colourControl(field, options)
  return textControl(field, options)
}

function numberControl(
  { text, optional }: ArgumentField,
  kind: Extract<ArgumentField['kind'], { kind: 'number' }>,
  options: ControlOptions,
): TemplateResult {
  // A browser shows nothing in a field for numbers that says none.
  if (!isNumber(text)) return textControl({ label: '', text }, options)
  const { id, name, change } = options
  const { least, most, whole } = kind
  const step = whole ? 1 : most - least <= 10 ? 0.1 : 1
  // Where a number is left out, nobody can tell here what stands for it.
  const hasSlider = text !== '' && most - least <= WIDEST_SLIDER
  return html`${
    hasSlider
      ? html`<input
          type="range"
          class="lab-slider"
          aria-label=${name}
          min=${least}
          max=${most}
          step=${step}
          .value=${live(text)}
          @input=${(event: Event) => change(valueOf(event))}
        />`
      : nothing
  }<input
      type="number"
      class="lab-number"
      id=${id}
      aria-label=${name}
      min=${least > -1e6 ? least : nothing}
      max=${most < 1e6 ? most : nothing}
      step=${whole ? 1 : 'any'}
      placeholder=${optional ? words.usual : nothing}
      .value=${live(text)}
      @input=${(event: Event) => change(valueOf(event))}
    />`
}

function wordControl(
  { text, optional }: ArgumentField,
  offered: readonly string[],
  { id, name, change }: ControlOptions,
): TemplateResult {
  const known = offered.find((word) => word.toLowerCase() === text.toLowerCase())
  // What was written and is none of them stays as it is until another one is chosen.
  const written = known === undefined ? text : ''
  return pickerView({
    id,
    label: name,
    size: 's',
    options: [
      ...(optional || known === undefined
        ? [{ value: written, label: written === '' ? words.left : written }]
        : []),
      ...offered.map((value) => ({ value, label: value })),
    ],
    value: known ?? written,
    onPick: change,
  })
}

function flagControl(
  { text }: ArgumentField,
  { id, name, change }: ControlOptions,
): TemplateResult {
  return html`<input
    type="checkbox"
    id=${id}
    aria-label=${name}
    .checked=${live(/^(?:1|true|on)$/i.test(text))}
    @change=${({ currentTarget }: Event) => {
      if (currentTarget instanceof HTMLInputElement) change(currentTarget.checked ? '1' : '0')
    }}
  />`
}

function colourControl(
  { text }: ArgumentField,
  { id, name, change }: ControlOptions,
): TemplateResult {
  return html`<input
      type="color"
      aria-label=${name}
      .value=${live(hexOf(text))}
      @input=${(event: Event) => change(valueOf(event).slice(1))}
    /><input
      type="text"
      class="lab-colour"
      id=${id}
      aria-label=${name}
      spellcheck="false"
      .value=${live(text)}
      @input=${(event: Event) => change(valueOf(event))}
    />`
}

function isNumber(text: string): boolean {
  return Number.isFinite(Number(text))
}

function textControl(
  { text, label }: Pick<ArgumentField, 'text' | 'label'>,
  { id, name, offered, change }: ControlOptions,
): TemplateResult {
  if (/text|path/i.test(label) && !label.includes('asset')) {
    return html`<textarea
      id=${id}
      aria-label=${name}
      rows=${Math.min(5, Math.max(2, Math.ceil(text.length / 40)))}
      spellcheck="false"
      .value=${live(text)}
      @input=${(event: Event) => change(valueOf(event))}
    ></textarea>`
  }
  const all = /^\w+(?:\|\w+)+$/.test(label) ? label.split('|') : offered
  return html`<input
      type="text"
      id=${id}
      aria-label=${name}
      spellcheck="false"
      autocomplete="off"
      list=${all.length === 0 ? nothing : `${id}-offered`}
      .value=${live(text)}
      @input=${(event: Event) => change(valueOf(event))}
    />${
      all.length === 0
        ? nothing
        : html`<datalist id="${id}-offered">
            ${all.map((each) => html`<option value=${each}></option>`)}
          </datalist>`
    }`
}

/** Nine points, of which one says where a picture is held. */
export function alignControl(
  [horizontal, vertical]: readonly [string, string],
  change: (value: string) => void,
): TemplateResult {
  return html`<div class="lab-align" role="group" aria-label="align">
    ${words.places.map((row, y) =>
      row.map((place, x) => {
        const isIt = Number(horizontal) === x - 1 && Number(vertical) === y - 1
        return html`<button
          type="button"
          aria-pressed=${isIt}
          aria-label=${place}
          title=${place}
          @click=${() => change(`${x - 1},${y - 1}`)}
        ></button>`
      }),
    )}
  </div>`
}
