import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { messageOf } from '../commands/notices.ts'
import { choicesView } from '../elements/choices.ts'
import { searchField } from '../elements/search-field.ts'
import { formatClock, strings } from '../strings.ts'
import { filterLines, type ShownLine } from './shown-line.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import './log-view.css'

const words = strings.log

/** More lines are searched and copied, but not shown: browsers get slow. */
const MOST_SHOWN = 2000

/** So that each log has choices of its own. */
let logs = 0

/** What the two choices of a log are called. */
export interface LogWords {
  /** Those lines that matter most. */
  readonly short: string
  readonly all: string
  /** What is said where none of the lines matters most. */
  readonly noneShort: string
}

/**
 * A log: its lines with their times, all of them or those that matter most, to be searched and copied. The line that tells
 * why something failed is marked, and in sight from the beginning.
 */
export class LogView extends LitElement {
  static override properties = {
    lines: { attribute: false },
    telling: { type: Number },
    label: {},
    words: { attribute: false },
    long: { type: Boolean },
    chosen: { state: true },
    text: { state: true },
    outcome: { state: true },
  }

  declare lines: readonly ShownLine[]
  /** The position of the line that tells why, from 0. */
  declare telling: number | undefined
  declare label: string
  /** Those of activations unless given. */
  declare words: LogWords
  /** Whether all lines are shown as long as nobody has chosen, even where some matter more. */
  declare long: boolean
  /** Undefined as long as nobody has chosen. */
  declare chosen: 'short' | 'all' | undefined
  declare text: string
  /** Whether it is on the clipboard now, in words. */
  declare outcome: string

  readonly #name = `log-${(logs += 1)}`

  constructor() {
    super()
    this.lines = []
    this.words = words.ofActivation
    this.long = false
    this.text = ''
    this.outcome = ''
  }

  protected override createRenderRoot(): this {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // It was about the lines that were shown before.
    if (changed.has('text') || changed.has('chosen')) this.outcome = ''
  }

  protected override render(): TemplateResult {
    const { lines, label, text, telling, outcome } = this
    const mattering = filterLines(lines, { isShort: true, text: '' }, telling)
    const chosen = this.chosen ?? (this.long || mattering.length === 0 ? 'all' : 'short')
    const shown = filterLines(lines, { isShort: chosen === 'short', text }, telling)
    const none = text === '' ? this.words.noneShort : words.noneFound
    return html`<div class="log-bar">
        ${choicesView({
          name: this.#name,
          legend: words.choices(label),
          choices: [
            { value: 'short', label: this.words.short, count: mattering.length },
            { value: 'all', label: this.words.all, count: lines.length },
          ],
          chosen,
          onChoose: (value) => (this.chosen = value),
        })}
        ${searchField({
          label: words.search,
          text,
          size: 's',
          onSearch: (wanted) => (this.text = wanted),
        })}
        <sp-action-button size="s" @click=${() => void this.#copy(shown)}>${words.copy}</sp-action-button>
        <span class="log-outcome" role="status"
          >${outcome === '' && text !== '' ? words.found(shown.length) : outcome}</span
        >
      </div>
      ${shown.length === 0 ? html`<p>${none}</p>` : this.#linesView(shown)}
      ${
        shown.length > MOST_SHOWN ? html`<p>${words.rest(shown.length - MOST_SHOWN)}</p>` : nothing
      }`
  }

  #linesView(shown: ReturnType<typeof filterLines>): TemplateResult {
    const isKinded = this.lines.some(({ kind }) => kind !== undefined)
    let clock = ''
    return html`<div class="log" role="region" tabindex="0" aria-label=${this.label}>
      <ol ?data-kinded=${isKinded}>
        ${shown.slice(0, MOST_SHOWN).map(({ line, number }) => {
          const time = line.time === undefined ? '' : formatClock(line.time)
          const isNew = time !== clock
          clock = time
          const isTelling = number - 1 === this.telling
          return html`<li
            class=${isTelling ? 'telling' : ''}
            ?data-problem=${line.isProblem}
            ?data-minor=${!line.matters}
          >
            <span class="log-number" aria-hidden="true">${number}</span>
            <span class="log-time">${isNew ? time : ''}</span>
            ${isKinded ? html`<span class="log-kind">${line.kind}</span>` : nothing}
            ${
              isTelling
                ? html`<span class="log-text"
                    ><mark>${line.text}</mark><span class="note">${words.telling}</span></span
                  >`
                : html`<span class="log-text">${line.text}</span>`
            }
          </li>`
        })}
      </ol>
    </div>`
  }

  protected override firstUpdated(): void {
    const box = this.querySelector('.log')
    const line = this.querySelector('.telling')
    if (!(box instanceof HTMLElement) || !(line instanceof HTMLElement)) return
    // Within its box only: the page stays where it is.
    box.scrollTop = line.offsetTop - (box.clientHeight - line.offsetHeight) / 2
  }

  async #copy(shown: ReturnType<typeof filterLines>): Promise<void> {
    const text = shown.map(({ line }) => line.whole).join('\n')
    this.outcome = await navigator.clipboard.writeText(text).then(
      () => words.copied(shown.length),
      (error: unknown) => words.notCopied(messageOf(error)),
    )
  }
}

customElements.define('log-view', LogView)
