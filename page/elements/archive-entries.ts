import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import * as z from 'zod/mini'
import { type ArchiveEntry, archiveEntrySchema } from '../../src/doors/page/api.ts'
import { messageOf } from '../commands/notices.ts'
import { ask } from '../service.ts'
import { formatBytes, strings } from '../strings.ts'
import './archive-entries.css'

const words = strings.archive

/** What is in an archive, as a table. */
class ArchiveEntries extends LitElement {
  static override properties = {
    src: {},
    name: {},
    entries: { state: true },
    problem: { state: true },
  }

  /** Where the list of the entries is. */
  declare src: string
  declare name: string
  /** Undefined until they are loaded. */
  declare entries: readonly ArchiveEntry[] | undefined
  declare problem: string | undefined

  protected override createRenderRoot(): this {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) void this.#load(this.src)
  }

  protected override render(): TemplateResult {
    const { entries, problem, name } = this
    if (problem !== undefined) return html`<p>${problem}</p>`
    if (entries === undefined) return html`<p role="status">${words.loading}</p>`
    const total = entries.reduce((sum, { size }) => sum + size, 0)
    return html`<div class="archive" tabindex="0" role="region" aria-label=${name}>
      <table>
        <caption>${words.caption(entries.length, formatBytes(total))}</caption>
        <thead>
          <tr>
            <th scope="col">${words.path}</th>
            <th scope="col">${words.size}</th>
            <th scope="col">${words.compressed}</th>
          </tr>
        </thead>
        <tbody>
          ${entries.map(
            ({ path, size, compressedSize }) => html`<tr>
              <th scope="row">${path}</th>
              <td>${formatBytes(size)}</td>
              <td>${formatBytes(compressedSize)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`
  }

  async #load(src: string): Promise<void> {
    this.entries = undefined
    this.problem = undefined
    try {
      const entries = await ask(z.array(archiveEntrySchema), src)
      if (src === this.src) this.entries = entries
    } catch (error) {
      if (src === this.src) this.problem = messageOf(error)
    }
  }
}

customElements.define('archive-entries', ArchiveEntries)
