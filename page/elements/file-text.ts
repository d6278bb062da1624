import { html, nothing, type TemplateResult } from 'lit'
import { formatBytes, strings } from '../strings.ts'
import { type FileStart, readFileStart } from './file-start.ts'
import { LoadedElement } from './loaded-element.ts'
import type { TreeNode } from './tree-node.ts'
import { xmlTree } from './xml-tree.ts'
import './folding-tree.ts'
import '@spectrum-web-components/switch/sp-switch.js'
import './file-text.css'

const words = strings.fileText

/** No more of a file is loaded, in bytes: browsers get slow. */
const MOST_BYTES = 1_000_000

/** As much of a file as is shown. */
interface LoadedText {
  readonly text: string
  /** Of the whole file, in bytes. */
  readonly total: number
  /** Undefined for what is shown as a text. */
  readonly tree: readonly TreeNode[] | undefined
}

/** The text of a file, and of XML a tree. */
class FileText extends LoadedElement<LoadedText> {
  static override properties = {
    ...LoadedElement.properties,
    name: {},
    size: { attribute: false },
    kind: {},
    numbered: { state: true },
  }

  declare name: string
  /** In bytes, where it is known before the file is loaded. */
  declare size: number | undefined
  declare kind: 'text' | 'xml'
  declare numbered: boolean
  protected override readonly late = words.loading

  constructor() {
    super()
    this.numbered = false
  }

  protected override async load(src: string, signal: AbortSignal): Promise<LoadedText> {
    const { text, total } = this.size === 0 ? { text: '', total: 0 } : await readStart(src, signal)
    const tree = this.kind === 'xml' && total <= MOST_BYTES ? xmlTree(text) : undefined
    return { text, total, tree }
  }

  protected override show({ text, total, tree }: LoadedText): TemplateResult {
    const { name, numbered } = this
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
}

async function readStart(src: string, signal: AbortSignal): Promise<FileStart> {
  const start = await readFileStart(src, MOST_BYTES, signal)
  if (!start.ok) throw new Error(words.notThere(start.status))
  return start
}

customElements.define('file-text', FileText)
