import { html, nothing, render } from 'lit'
import { strings } from '../strings.ts'
import { showModal } from './modal.ts'
import '@spectrum-web-components/button/sp-button.js'
import './choose.css'

const words = strings.choose

/** Something that can be chosen. */
export interface Choice {
  readonly value: string
  /** What it is, in a sentence. */
  readonly sentence: string
  /** What else there is to know before it is chosen. */
  readonly note?: string | undefined
}

/** What is asked. */
export interface ChoiceQuestion {
  readonly title: string
  /** What the field is called in which the user searches. */
  readonly search: string
  /** Those without choices are left out. */
  readonly groups: readonly { readonly title: string; readonly choices: readonly Choice[] }[]
}

/**
 * Has the user choose one of many, by a click, or by typing some of it and the arrow keys.
 *
 * @returns its value; undefined when the user does not want to
 */
export async function choose(question: ChoiceQuestion): Promise<string | undefined> {
  const value = await showModal('choose', (dialog) => fill(dialog, question))
  return value === '' ? undefined : value
}

function fill(dialog: HTMLDialogElement, { title, search, groups }: ChoiceQuestion): void {
  let text = ''
  let active = 0

  const show = (): void => {
    const shown = groups
      .map((group) => ({
        ...group,
        choices: group.choices
          .filter((choice) => matches(choice, text))
          .toSorted((one, other) => rankOf(one, text) - rankOf(other, text)),
      }))
      .filter(({ choices }) => choices.length > 0)
    const all = shown.flatMap(({ choices }) => choices)
    active = Math.min(active, Math.max(0, all.length - 1))
    const isActive = (choice: Choice): boolean => all[active] === choice
    const press = (event: KeyboardEvent): void => {
      if (event.isComposing) return
      const { [event.key]: step } = STEPS
      if (step !== undefined && all.length > 0) active = step(active, all.length)
      else if (event.key === 'Enter') dialog.close(all[active]?.value)
      else return
      event.preventDefault()
      // What is composed below is not to be sent by it.
      event.stopPropagation()
      show()
      dialog.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
    }
    render(
      html`<h2 id="choose-title">${title}</h2>
        <input
          type="text"
          role="combobox"
          aria-label=${search}
          aria-expanded="true"
          aria-controls="choices"
          aria-activedescendant=${all.length === 0 ? '' : `choice-${active}`}
          autocomplete="off"
          spellcheck="false"
          placeholder=${search}
          autofocus
          @input=${({ currentTarget }: Event) => {
            text = currentTarget instanceof HTMLInputElement ? currentTarget.value : ''
            active = 0
            show()
          }}
          @keydown=${press}
        />
        <div class="chooser-options" id="choices" role="listbox" aria-label=${title}>
          ${shown.map(
            (group, index) => html`<div role="group" aria-labelledby="choices-${index}">
              <div class="chooser-title" id="choices-${index}" role="presentation">${group.title}</div>
              ${group.choices.map(
                (choice) => html`<div
                  class="chooser-option"
                  role="option"
                  id="choice-${all.indexOf(choice)}"
                  aria-selected=${isActive(choice) ? 'true' : 'false'}
                  @click=${() => dialog.close(choice.value)}
                >
                  <span>${choice.value}</span><span class="chooser-about">${choice.sentence}</span>
                  ${choice.note === undefined ? nothing : html`<span class="chooser-note">${choice.note}</span>`}
                </div>`,
              )}
            </div>`,
          )}
        </div>
        <p class="chooser-none" role="status">${all.length === 0 ? words.none : ''}</p>
        <div class="modal-foot">
          <sp-button variant="secondary" @click=${() => dialog.close()}
            >${strings.confirm.cancel}</sp-button
          >
        </div>`,
      dialog,
    )
  }
  show()
}

const STEPS: Readonly<Record<string, (from: number, count: number) => number>> = {
  ArrowDown: (from, count) => (from + 1) % count,
  ArrowUp: (from, count) => (from + count - 1) % count,
  PageDown: (from, count) => Math.min(from + 8, count - 1),
  PageUp: (from) => Math.max(from - 8, 0),
}

/** What begins with what is typed goes before what has it in its name, and that before what only tells of it. */
function rankOf({ value }: Choice, text: string): number {
  const at = value.toLowerCase().indexOf(text.trim().toLowerCase())
  if (at === 0) return 0
  return at > 0 ? 1 : 2
}

/** Every word that is typed has to be in it. */
function matches({ value, sentence }: Choice, text: string): boolean {
  const whole = `${value} ${sentence}`.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => whole.includes(word))
}
