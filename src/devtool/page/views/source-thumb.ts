import { html, type TemplateResult } from 'lit'
import type { SourceFile } from '../../api.ts'
import { urlOf } from '../service.ts'
import '../elements/thumb-picture.ts'
import './source-thumb.css'

/** A small picture of a source, or the letters of its format. Its name is to stand beside it. */
export function sourceThumb(source: SourceFile | undefined): TemplateResult {
  return source === undefined
    ? html`<span class="thumb"></span>`
    : html`<thumb-picture
        class="thumb"
        src=${urlOf('sources', source.id, 'picture')}
        letters=${lettersOf(source.name)}
      ></thumb-picture>`
}

function lettersOf(name: string): string {
  return (/\.(\w{1,4})$/.exec(name)?.[1] ?? '').toUpperCase()
}
