import { completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { lintKeymap } from '@codemirror/lint'
import { EditorView, type EditorViewConfig, keymap, lineNumbers } from '@codemirror/view'
import { css, html, LitElement, type PropertyValues } from 'lit'
import { theme } from './theme.ts'

/**
 * An editor of texts of some language. It lives in a shadow root, so that CodeMirror's styles are style sheets that are adopted and
 * not elements, which the page's Content-Security-Policy would refuse. Tab is left to the browser: it leads out.
 *
 * `text` is what it shows; its event `edit` has as its detail what the user has made of it.
 */
export abstract class CodeEditor extends LitElement {
  static override readonly properties: Readonly<Record<string, object>> = { text: {} }

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
  /** Undefined until it is first shown, and while it is in no page. */
  protected view: EditorView | undefined

  constructor() {
    super()
    this.text = ''
  }

  /** What the text is called, and what there is to know of the keys. */
  protected abstract words(): { readonly label: string; readonly keys: string }

  /** What the editor knows of the language. */
  protected abstract extensions(): NonNullable<EditorViewConfig['extensions']>

  /** Takes what the user has made of the text. */
  protected take(text: string): void {
    this.text = text
    this.dispatchEvent(new CustomEvent('edit', { detail: text }))
  }

  protected override render() {
    return html`<div></div>
      <p id="keys">${this.words().keys}</p>`
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.view ??= this.#open()
    const { doc } = this.view.state
    if (!changed.has('text') || doc.toString() === this.text) return
    this.view.dispatch({ changes: { from: 0, to: doc.length, insert: this.text } })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.view?.destroy()
    this.view = undefined
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // After it was moved in the page, it has to be opened again.
    if (this.hasUpdated) this.requestUpdate('text')
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
        this.extensions(),
        theme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          'aria-label': this.words().label,
          'aria-describedby': 'keys',
          tabindex: '0',
        }),
        keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.updateListener.of(({ docChanged, state }) => {
          const text = state.doc.toString()
          if (docChanged && text !== this.text) this.take(text)
        }),
      ],
    })
  }
}
