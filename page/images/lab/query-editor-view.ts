import { html, type TemplateResult } from 'lit'
import type { EditedCommands } from './edited-commands.ts'
import { labWords as words } from './lab-words.ts'

/** Commands as lines, in an editor that is only loaded when it is first seen. */
export function queryEditorView({
  lines,
  presets,
  fault,
  change,
}: Pick<EditedCommands, 'lines' | 'presets' | 'fault' | 'change'>): TemplateResult {
  void loadEditor()
  return html`<query-editor
    .text=${lines}
    .presets=${presets}
    .fault=${fault}
    .textContent=${words.loadingEditor}
    @edit=${({ detail }: CustomEvent<string>) => change(detail)}
  ></query-editor>`
}

async function loadEditor(): Promise<void> {
  try {
    await import('./query-editor.ts')
  } catch {
    // It shows what it has inside until it is defined.
    for (const editor of document.querySelectorAll('query-editor')) {
      editor.textContent = words.editorNotLoaded
    }
  }
}
