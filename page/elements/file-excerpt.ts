import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import * as z from 'zod/mini'
import { archiveEntrySchema } from '../../src/doors/page/api.ts'
import { messageOf } from '../commands/notices.ts'
import { ask } from '../service.ts'
import { strings } from '../strings.ts'
import { readFileStart } from './file-start.ts'

/** As much of a text as a card has room for, in bytes. */
const EXCERPT_BYTES = 1024

/** What a file begins with that is no picture: the first lines of a text, the number and names of an archive's entries. */
class FileExcerpt extends LitElement {
  static override properties = { src: {}, kind: {}, text: { state: true } }

  /** Where the text is, or the list of the entries. */
  declare src: string
  declare kind: 'text' | 'archive'
  declare text: string

  protected override createRenderRoot(): this {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) void this.#read(this.src)
  }

  protected override render(): TemplateResult {
    return html`<pre class="excerpt">${this.text}</pre>`
  }

  async #read(src: string): Promise<void> {
    this.text = ''
    const text = await readExcerpt(src, this.kind).catch(messageOf)
    if (src === this.src) this.text = text
  }
}

async function readExcerpt(src: string, kind: 'text' | 'archive'): Promise<string> {
  if (kind === 'archive') {
    const entries = await ask(z.array(archiveEntrySchema), src)
    return [strings.results.entries(entries.length), ...entries.map(({ path }) => path)].join('\n')
  }
  const { ok, text } = await readFileStart(src, EXCERPT_BYTES)
  return ok ? text : ''
}

customElements.define('file-excerpt', FileExcerpt)
