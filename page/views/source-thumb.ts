import { html, type TemplateResult } from 'lit'
import type { KeptSource } from '../../src/doors/page/api.ts'
import { fileThumb } from '../files/file-thumb.ts'
import { fileOfSource } from '../files/source-file.ts'

/** A small picture of a source, or the letters of its format. Its name is to stand beside it. */
export function sourceThumb(source: KeptSource | undefined): TemplateResult {
  return source === undefined ? html`<span class="thumb"></span>` : fileThumb(fileOfSource(source))
}
