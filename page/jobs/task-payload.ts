import { html, type PropertyValues, type TemplateResult } from 'lit'
import { jsonTree } from '../elements/json-tree.ts'
import { LoadedElement } from '../elements/loaded-element.ts'
import type { TreeNode } from '../elements/tree-node.ts'
import { ask } from '../service.ts'
import { oneTaskSchema } from './job.ts'
import { shortenTexts } from './shorten-texts.ts'
import { viewWords } from './view-words.ts'
import '../elements/folding-tree.ts'

const words = viewWords.task

/** What a task was asked for or has found out, as JSON; asked for when it is seen, since it may be as large as a file. */
class TaskPayload extends LoadedElement<readonly TreeNode[]> {
  static override properties = { ...LoadedElement.properties, member: {}, label: {} }

  declare member: 'payload' | 'result'
  declare label: string
  protected override readonly late = words.loadingPayload

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src') || changed.has('member')) void this.begin()
  }

  protected override async load(src: string, signal: AbortSignal): Promise<readonly TreeNode[]> {
    const { data } = await ask(oneTaskSchema, src, { signal })
    return [jsonTree(shortenTexts(data[this.member], words.cut))]
  }

  protected override show(roots: readonly TreeNode[]): TemplateResult {
    return html`<folding-tree .roots=${roots} label=${this.label}></folding-tree>`
  }
}

customElements.define('task-payload', TaskPayload)
