import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { messageOf } from '../commands/notices.ts'
import { formatBytes, strings } from '../strings.ts'
import { type FileStart, readFileStart } from './file-start.ts'
import type { TreeNode } from './tree-node.ts'
import { xmlTree } from './xml-tree.ts'
import './folding-tree.ts'
import '@spectrum-web-components/switch/sp-switch.js'
import './file-text.css'

const words = strings.fileText

/** No more of a file is loaded, in bytes: browsers get slow. */
const MOST_BYTES = 1_000_000

/** The text of a file, and of XML a tree. */
class FileText extends LitElement {
  static override properties = {
    src: {},
    name: {},
    size: { type: Number },
    kind: {},
    text: { state: true },
    total: { state: true },
    tree: { state: true },
    problem: { state: true },
    numbered: { state: true },
  }

  declare src: string
  declare name: string
  /** In bytes, where it is known before the file is loaded. */
  declare size: number | undefined
  declare kind: 'text' | 'xml'
  /** Undefined until it is loaded. */
  declare text: string | undefined
  /** Of the whole file, in bytes. */
  declare total: number
  declare tree: readonly TreeNode[] | undefined
  declare problem: string | undefined
  declare numbered: boolean

  #loading = new AbortController()

  constructor() {
    super()
    this.total = 0
    this.numbered = false
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#loading.abort()
  }

  protected override createRenderRoot(): this {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) void this.#load()
  }

  protected override render(): TemplateResult {
    const { text, tree, problem, total, name, numbered } = this
    if (problem !== undefined) return html`<p>${problem}</p>`
    if (text === undefined) return html`<p role="status">${words.loading}</p>`
    if (text === '') return html`<p>${words.empty}</p>`
    if (tree !== undefined) {
      return html`<folding-tree .roots=${tree} label=${name}></folding-tree>`
    }
    return html`
      <div class="file-text-bar">
        <sp-switch size="s" ?checked=${numbered} @change=${this.#number}>${words.numbers}</sp-switch>
        ${
          total > MOST_BYTES
            ? html`<span>${words.cut(formatBytes(MOST_BYTES), formatBytes(total))}</span>`
            : nothing
        }
        ${this.kind === 'xml' && total <= MOST_BYTES ? html`<span>${words.noXml}</span>` : nothing}
      </div>
      <pre class="file-text" tabindex="0" role="region" aria-label=${name}>${
        numbered ? text.split('\n').map((line) => html`<span>${line}\n</span>`) : text
      }</pre>
    `
  }

  readonly #number = ({ target }: Event): void => {
    this.numbered = target instanceof HTMLElement && 'checked' in target && target.checked === true
  }

  async #load(): Promise<void> {
    this.#loading.abort()
    const { signal } = (this.#loading = new AbortController())
    this.text = undefined
    this.tree = undefined
    this.problem = undefined
    try {
      const { text, total } =
        this.size === 0 ? { text: '', total: 0 } : await readStart(this.src, signal)
      this.tree = this.kind === 'xml' && total <= MOST_BYTES ? xmlTree(text) : undefined
      this.total = total
      this.text = text
    } catch (error) {
      if (!signal.aborted) this.problem = messageOf(error)
    }
  }
}

async function readStart(src: string, signal: AbortSignal): Promise<FileStart> {
  const start = await readFileStart(src, MOST_BYTES, signal)
  if (!start.ok) throw new Error(words.notThere(start.status))
  return start
}

customElements.define('file-text', FileText)
