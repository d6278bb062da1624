import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { type Diagnostic, forceLinting, linter, lintKeymap } from '@codemirror/lint'
import { EditorView, hoverTooltip, keymap, lineNumbers } from '@codemirror/view'
import { css, html, LitElement, type PropertyValues } from 'lit'
import { theme } from '../../schema-form/json-editor/theme.ts'
import { readLines } from './command-lines.ts'
import type { EditedCommands } from './edited-commands.ts'
import { labWords as words } from './lab-words.ts'
import {
  completeQuery,
  describeQuery,
  type NamedPreset,
  type QuerySuggestion,
} from './query-completion.ts'
import { queryLanguage } from './query-language.ts'
import { breakLines } from './query-lines.ts'

/**
 * An editor of commands, one a line. It lives in a shadow root, so that CodeMirror's styles are style sheets that are adopted and not
 * elements, which the page's Content-Security-Policy would refuse. Tab is left to the browser: it leads out.
 *
 * Its event `edit` has as its detail what the user has made of the text.
 */
class QueryEditor extends LitElement {
  static override readonly properties = {
    text: {},
    presets: { attribute: false },
    fault: { attribute: false },
  }

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
  declare presets: readonly NamedPreset[]
  /** What the service has against which line. */
  declare fault: EditedCommands['fault']
  #view: EditorView | undefined

  constructor() {
    super()
    this.text = ''
    this.presets = []
  }

  protected override render() {
    return html`<div></div>
      <p id="keys">${words.editorKeys}</p>`
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#view ??= this.#open()
    const { doc } = this.#view.state
    if (changed.has('text') && doc.toString() !== this.text) {
      this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: this.text } })
    }
    if (changed.has('fault')) forceLinting(this.#view)
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
        queryLanguage,
        autocompletion({ override: [(context) => this.#complete(context)], icons: false }),
        hoverTooltip((view, position) => describe(view, position)),
        linter(({ state }) => this.#diagnose(state.doc.toString()), { delay: 100 }),
        theme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          'aria-label': words.editorLabel,
          'aria-describedby': 'keys',
          tabindex: '0',
          spellcheck: 'false',
        }),
        keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) this.#tell(state.doc.toString())
        }),
      ],
    })
  }

  /** An `&` begins a line, in its own place, so that the cursor stays behind it. */
  #tell(text: string): void {
    if (text === this.text) return
    const broken = breakLines(text)
    this.text = broken
    if (broken !== text) {
      this.#view?.dispatch({
        changes: Array.from(text).flatMap((letter, at) =>
          letter === '&' && broken[at] === '\n' ? [{ from: at, to: at + 1, insert: '\n' }] : [],
        ),
      })
    }
    this.dispatchEvent(new CustomEvent('edit', { detail: broken }))
  }

  #diagnose(text: string): Diagnostic[] {
    let from = 0
    return readLines(text).flatMap(({ index, text: line, problem, remark }, at, lines) => {
      const start = from
      from += (text.split('\n')[index] ?? line).length + (at < lines.length - 1 ? 1 : 0)
      const to = Math.max(start, Math.min(text.length, start + line.length))
      const refused = this.fault?.index === index ? this.fault.message : problem
      const message = refused ?? remark
      if (message === undefined) return []
      return [{ from: start, to, severity: refused === undefined ? 'info' : 'error', message }]
    })
  }

  #complete({ state, pos, explicit }: CompletionContext): CompletionResult | null {
    // Unasked only while something is being written.
    if (!explicit && state.sliceDoc(pos - 1, pos).trim() === '') return null
    const found = completeQuery(state.doc.toString(), pos, this.presets)
    if (found === undefined) return null
    return {
      from: found.from,
      to: pos,
      options: found.options.map((option) => ({
        label: option.label,
        ...(option.detail !== '' && { detail: option.detail }),
        ...(option.info !== '' && { info: option.info }),
        apply: (view, _completion, from, to) =>
          write(view, option, { from, to: to + found.to - pos }),
      })),
    }
  }
}

/** What stands behind the `=` is chosen, so that what is typed next takes its place. */
function write(
  view: EditorView,
  { insert }: QuerySuggestion,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  const equals = insert.indexOf('=')
  view.dispatch({
    changes: { from, to: Math.min(to, view.state.doc.length), insert },
    selection: {
      anchor: from + (equals === -1 ? insert.length : equals + 1),
      head: from + insert.length,
    },
    userEvent: 'input.complete',
  })
}

function describe({ state }: EditorView, position: number) {
  const found = describeQuery(state.doc.toString(), position)
  if (found === undefined) return null
  return {
    pos: found.from,
    end: found.to,
    above: true,
    create: () => {
      const dom = document.createElement('div')
      dom.textContent = found.info
      return { dom }
    },
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'query-editor': QueryEditor
  }
}

customElements.define('query-editor', QueryEditor)
