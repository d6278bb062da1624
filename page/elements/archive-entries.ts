import { html, type TemplateResult } from 'lit'
import * as z from 'zod/mini'
import { type ArchiveEntry, archiveEntrySchema } from '../../src/doors/page/api.ts'
import { ask } from '../service.ts'
import { formatBytes, strings } from '../strings.ts'
import { LoadedElement } from './loaded-element.ts'
import './archive-entries.css'

const words = strings.archive

/** What is in an archive, as a table. */
class ArchiveEntries extends LoadedElement<readonly ArchiveEntry[]> {
  static override properties = { ...LoadedElement.properties, name: {} }

  declare name: string
  protected override readonly late = words.loading

  protected override load(src: string, signal: AbortSignal): Promise<readonly ArchiveEntry[]> {
    return ask(z.array(archiveEntrySchema), src, { signal })
  }

  protected override show(entries: readonly ArchiveEntry[]): TemplateResult {
    const total = entries.reduce((sum, { size }) => sum + size, 0)
    return html`<div class="archive" tabindex="0" role="region" aria-label=${this.name}>
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
}

customElements.define('archive-entries', ArchiveEntries)
