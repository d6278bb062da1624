import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete'
import { json } from '@codemirror/lang-json'
import { bracketMatching, indentUnit } from '@codemirror/language'
import { keymap } from '@codemirror/view'
import { CodeEditor } from '../../code-editor/code-editor.ts'
import { strings } from '../../strings.ts'
import type { Language } from '../language.ts'
import { assistanceWith } from './assistance.ts'

/** An editor of JSON. `language` is what is known of such texts. */
class JsonEditor extends CodeEditor {
  static override readonly properties = {
    ...CodeEditor.properties,
    language: { attribute: false },
  }

  declare language: Language

  override focus(): void {
    this.view?.focus()
  }

  /** Shows a piece of the text, with the cursor in it. */
  select(offset: number, length: number): void {
    const { view } = this
    if (view === undefined) return
    const end = view.state.doc.length
    view.dispatch({
      selection: { anchor: Math.min(offset, end), head: Math.min(offset + length, end) },
      scrollIntoView: true,
    })
    view.focus()
  }

  protected override words() {
    return { label: this.language.label, keys: strings.composition.keys }
  }

  protected override extensions() {
    return [
      json(),
      bracketMatching(),
      closeBrackets(),
      indentUnit.of('  '),
      assistanceWith(this.language),
      keymap.of(closeBracketsKeymap),
    ]
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'json-editor': JsonEditor
  }
}

customElements.define('json-editor', JsonEditor)
