import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ShownEntry } from '../../../src/doors/page/exports/export-shapes.ts'
import { thumb } from '../../files/file-thumb.ts'
import { lettersOf } from '../../files/shown-file.ts'
import { urlOf } from '../../service.ts'
import { exportWords } from '../export-words.ts'
import type { ExportDraft, ExportsState } from '../exports-state.ts'
import { restOf, wishOf } from './draft-rules.ts'

const words = exportWords.draft

/** The first files of the draft, as they will be in the ZIP. */
export function previewView({ draft, preview, late }: ExportsState): TemplateResult {
  const entries = preview?.entries ?? []
  const rest = preview === undefined ? 0 : restOf(draft, preview)
  return html`<section aria-labelledby="export-preview">
    <h2 id="export-preview">${words.preview}</h2>
    <p class="unseen" role="status">${late ? words.previewLate : ''}</p>
    ${
      entries.length === 0
        ? html`<p class="export-note">${late ? words.previewLate : words.previewEmpty}</p>`
        : html`<ul class="export-entries" aria-label=${words.entries} ?data-late=${late}>
              ${repeat(
                entries,
                ({ asset }) => asset,
                (entry) => entryView(entry, draft),
              )}
            </ul>
            ${rest === 0 ? nothing : html`<p class="export-note">${words.previewRest(rest)}</p>`}`
    }
  </section>`
}

function entryView(entry: ShownEntry, draft: ExportDraft): TemplateResult {
  const { asset, file, problem, isSeen } = entry
  return html`<li ?data-problem=${problem !== undefined}>
    ${thumb(isSeen ? pictureOf(asset, draft) : undefined, lettersOf(file ?? '') || '?', 'export-thumb')}
    <span class="export-entry-name">${file ?? asset}</span>
    <span class="export-note"
      >${problem ?? facts(entry)}</span
    >
  </li>`
}

function facts({ width, height, pages }: ShownEntry): string {
  if (width === undefined || height === undefined) return words.original
  const size = words.size(width, height)
  return pages === undefined ? size : `${size}, ${words.pages(pages)}`
}

/** The address of the picture that an asset becomes, or of what is seen of it as it is. */
function pictureOf(asset: string, draft: ExportDraft): string {
  const { company, fmt, modifier = '', macro = '' } = wishOf(draft)
  const query = new URLSearchParams({ company, asset, fmt, modifier, macro })
  return `${urlOf('exports', 'picture')}?${query.toString()}`
}
