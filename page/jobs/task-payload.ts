import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { messageOf } from '../commands/notices.ts'
import { jsonTree } from '../elements/json-tree.ts'
import type { TreeNode } from '../elements/tree-node.ts'
import { ask } from '../service.ts'
import { oneTaskSchema } from './job.ts'
import { shortenTexts } from './shorten-texts.ts'
import { viewWords } from './view-words.ts'
import '../elements/folding-tree.ts'

const words = viewWords.task

/** What a task was asked for or has found out, as JSON; asked for when it is seen, since it may be as large as a file. */
class TaskPayload extends LitElement {
  static override properties = {
    src: {},
    member: {},
    label: {},
    roots: { state: true },
    problem: { state: true },
  }

  /** Where the task is. */
  declare src: string
  declare member: 'payload' | 'result'
  declare label: string
  /** Undefined until it is loaded. */
  declare roots: readonly TreeNode[] | undefined
  declare problem: string | undefined

  protected override createRenderRoot(): this {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src') || changed.has('member')) void this.#load(this.src, this.member)
  }

  protected override render(): TemplateResult {
    const { roots, problem, label } = this
    if (problem !== undefined) return html`<p>${problem}</p>`
    if (roots === undefined) return html`<p role="status">${words.loadingPayload}</p>`
    return html`<folding-tree .roots=${roots} label=${label}></folding-tree>`
  }

  async #load(src: string, member: 'payload' | 'result'): Promise<void> {
    this.roots = undefined
    this.problem = undefined
    const isCurrent = (): boolean => src === this.src && member === this.member
    try {
      const { data } = await ask(oneTaskSchema, src)
      if (isCurrent()) this.roots = [jsonTree(shortenTexts(data[member], words.cut))]
    } catch (error) {
      if (isCurrent()) this.problem = messageOf(error)
    }
  }
}

customElements.define('task-payload', TaskPayload)
