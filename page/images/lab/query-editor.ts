import type { Completion } from '@codemirror/autocomplete'
import { type Diagnostic, forceLinting, linter } from '@codemirror/lint'
import type { PropertyValues } from 'lit'
import { completing, describing, writeCompletion } from '../../code-editor/assistance.ts'
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
      completing((text, position) => this.#complete(text, position)),
      describing(describeQuery),
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

  #complete(text: string, position: number) {
    const found = completeQuery(text, position, this.presets)
    if (found === undefined) return undefined
    const rest = found.to - position
    const toCompletion = ({ label, detail, info, insert }: QuerySuggestion): Completion => ({
      label,
      ...(detail !== '' && { detail }),
      ...(info !== '' && { info }),
      apply(view, _completion, from, to) {
        // What stands behind the `=` is chosen, so that what is typed next takes its place.
        const behind = insert.indexOf('=') + 1 || insert.length
        const selection = { anchor: from + behind, head: from + insert.length }
        writeCompletion(view, { from, to: to + rest, insert, selection })
      },
    })
    return { from: found.from, options: found.options.map(toCompletion) }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'query-editor': QueryEditor
  }
}

customElements.define('query-editor', QueryEditor)
