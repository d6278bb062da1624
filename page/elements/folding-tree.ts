import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { strings } from '../strings.ts'
import { firstUnfolded, foldable, type Token, type TreeNode } from './tree-node.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import './folding-tree.css'

const words = strings.tree

/** JSON or XML in lines, of which those that have something under them can be folded. */
class FoldingTree extends LitElement {
  static override properties = {
    roots: { attribute: false },
    label: {},
    unfolded: { state: true },
  }

  declare roots: readonly TreeNode[]
  /** What it is, for a screen reader. */
  declare label: string
  declare unfolded: ReadonlySet<TreeNode>

  protected override createRenderRoot(): this {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('roots')) return
    const before = changed.get('roots')
    // An update tells everything once more; of what is the same, what was folded stays so.
    if (JSON.stringify(before) === JSON.stringify(this.roots)) this.roots = before ?? []
    else this.unfolded = firstUnfolded(this.roots)
  }

  protected override render(): TemplateResult {
    const nodes = foldable(this.roots)
    const lines = html`<div class="tree" role="region" tabindex="0" aria-label=${this.label}>
      ${this.roots.map((node) => this.#node(node))}
    </div>`
    if (nodes.length < 2) return lines
    return html`<div class="tree-bar">
        <sp-action-button size="s" quiet @click=${() => (this.unfolded = new Set(nodes))}
          >${words.unfoldAll}</sp-action-button
        >
        <sp-action-button size="s" quiet @click=${() => (this.unfolded = new Set())}
          >${words.foldAll}</sp-action-button
        >
      </div>
      ${lines}`
  }

  #node(node: TreeNode): TemplateResult {
    const { line, children, end } = node
    if (children.length === 0) return html`<div class="tree-line">${line.map(tokenView)}</div>`
    const open = this.unfolded.has(node)
    return html`<details .open=${open} @toggle=${(event: Event) => this.#toggle(event, node)}>
      <summary>${line.map(tokenView)}${open ? '' : html`…${end.map(tokenView)}`}</summary>
      ${
        // What is folded is not there: there may be a lot of it.
        open
          ? html`<div class="tree-children">${children.map((child) => this.#node(child))}</div>
              <div class="tree-line">${end.map(tokenView)}</div>`
          : ''
      }
    </details>`
  }

  #toggle({ target }: Event, node: TreeNode): void {
    if (!(target instanceof HTMLDetailsElement) || target.open === this.unfolded.has(node)) return
    const unfolded = new Set(this.unfolded)
    if (target.open) unfolded.add(node)
    else unfolded.delete(node)
    this.unfolded = unfolded
  }
}

function tokenView({ text, kind }: Token): TemplateResult | string {
  return kind === 'plain' ? text : html`<span class=${kind}>${text}</span>`
}

customElements.define('folding-tree', FoldingTree)
