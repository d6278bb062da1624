import { html, type TemplateResult } from 'lit'
import '../../elements/tab-set.ts'
import type { Tab } from '../../elements/tab-set.ts'
import type { EditedCommands } from './edited-commands.ts'
import { labWords as words } from './lab-words.ts'
import { layerTreeView } from './layer-tree-view.ts'
import { queryEditorView } from './query-editor-view.ts'

const MODES = ['form', 'text'] as const

/** Commands as a tree of layers, or as lines; both are views of one text. */
export function commandsPanel(panel: EditedCommands): TemplateResult {
  const content = { form: () => layerTreeView(panel), text: () => queryEditorView(panel) }
  const tabs: readonly Tab[] = MODES.map((id) => ({
    id,
    title: words.modes[id],
    content: content[id],
  }))
  return html`<h2 class="unseen">${words.commands}</h2>
  <tab-set
    class="lab-commands"
    label=${words.commands}
    .tabs=${tabs}
    .selected=${panel.mode}
    @choose=${({ detail }: CustomEvent<string>) => {
      const chosen = MODES.find((mode) => mode === detail)
      if (chosen !== undefined) panel.onMode(chosen)
    }}
  ></tab-set>`
}
