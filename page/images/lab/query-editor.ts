import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { type Diagnostic, forceLinting, linter } from '@codemirror/lint'
import { type EditorView, hoverTooltip } from '@codemirror/view'
import type { PropertyValues } from 'lit'
import { CodeEditor } from '../../code-editor/code-editor.ts'
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

/** An editor of commands, one a line. */
class QueryEditor extends CodeEditor {
  static override readonly properties = {
    ...CodeEditor.properties,
    presets: { attribute: false },
    fault: { attribute: false },
  }

  declare presets: readonly NamedPreset[]
  /** What the service has against which line. */
  declare fault: EditedCommands['fault']

  constructor() {
    super()
    this.presets = []
  }

  protected override words() {
    return { label: words.editorLabel, keys: words.editorKeys }
  }

  protected override extensions() {
    return [
      queryLanguage,
      autocompletion({
        override: [(context: CompletionContext) => this.#complete(context)],
        icons: false,
      }),
      hoverTooltip((view, position) => describe(view, position)),
      linter(({ state }) => this.#diagnose(state.doc.toString()), { delay: 100 }),
    ]
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed)
    if (changed.has('fault') && this.view) forceLinting(this.view)
  }

  /** An `&` begins a line, in its own place, so that the cursor stays behind it. */
  protected override take(text: string): void {
    const broken = breakLines(text)
    super.take(broken)
    if (broken === text) return
    this.view?.dispatch({
      changes: Array.from(text).flatMap((letter, at) =>
        letter === '&' && broken[at] === '\n' ? [{ from: at, to: at + 1, insert: '\n' }] : [],
      ),
    })
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
