import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, indentUnit } from '@codemirror/language'
import { lintKeymap } from '@codemirror/lint'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { css, html, LitElement, type PropertyValues } from 'lit'
import { strings } from '../../strings.ts'
import type { Language } from '../language.ts'
import { assistanceWith } from './assistance.ts'
import { theme } from './theme.ts'

/**
 * An editor of JSON. It lives in a shadow root, so that CodeMirror's styles are style sheets that are
 * adopted and not elements, which the page's Content-Security-Policy would refuse. Tab is left to the browser: it leads out.
 *
 * `text` is what it shows, `language` what is known of such texts; its event `edit` has as its detail what the user has made of it.
 */
class JsonEditor extends LitElement {
  static override readonly properties = { text: {}, language: { attribute: false } }

  static override readonly styles = css`
    :host {
      display: block;
    }

    p {
      margin: 4px 0 0;
      font-size: 12px;
      color: var(--spectrum-neutral-subdued-content-color-default);
    }
  `

  declare text: string
  declare language: Language
  #view: EditorView | undefined

  constructor() {
    super()
    this.text = ''
  }

  protected override render() {
    return html`<div></div>
      <p id="keys">${strings.composition.keys}</p>`
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#view ??= this.#open()
    const { doc } = this.#view.state
    if (!changed.has('text') || doc.toString() === this.text) return
    this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: this.text } })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#view?.destroy()
    this.#view = undefined
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // After it was moved in the page, it has to be opened again.
    if (this.hasUpdated) this.requestUpdate('text')
  }

  override focus(): void {
    this.#view?.focus()
  }

  /** Shows a piece of the text, with the cursor in it. */
  select(offset: number, length: number): void {
    const view = this.#view
    if (view === undefined) return
    const end = view.state.doc.length
    view.dispatch({
      selection: { anchor: Math.min(offset, end), head: Math.min(offset + length, end) },
      scrollIntoView: true,
    })
    view.focus()
  }

  #open(): EditorView {
    const root = this.renderRoot
    const parent = root.querySelector('div')
    if (parent === null || !(root instanceof ShadowRoot)) throw new Error('the editor has no place')
    return new EditorView({
      doc: this.text,
      parent,
      root,
      extensions: [
        lineNumbers(),
        history(),
        json(),
        bracketMatching(),
        closeBrackets(),
        indentUnit.of('  '),
        assistanceWith(this.language),
        theme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          'aria-label': this.language.label,
          'aria-describedby': 'keys',
          tabindex: '0',
        }),
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...lintKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          const text = update.state.doc.toString()
          if (!update.docChanged || text === this.text) return
          this.text = text
          this.dispatchEvent(new CustomEvent('edit', { detail: text }))
        }),
      ],
    })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'json-editor': JsonEditor
  }
}

customElements.define('json-editor', JsonEditor)
