import { html, type TemplateResult } from 'lit'
import * as z from 'zod/mini'
import { archiveEntrySchema } from '../../src/doors/page/api.ts'
import { ask } from '../service.ts'
import { strings } from '../strings.ts'
import { readFileStart } from './file-start.ts'
import { LoadedElement } from './loaded-element.ts'

/** As much of a text as a card has room for, in bytes. */
const EXCERPT_BYTES = 1024

/** What a file begins with that is no picture: the first lines of a text, the number and names of an archive's entries. */
class FileExcerpt extends LoadedElement<string> {
  static override properties = { ...LoadedElement.properties, kind: {} }

  declare kind: 'text' | 'archive'
  /** There may be many of them, which are all there in a moment. */
  protected override readonly late = ''

  protected override load(src: string, signal: AbortSignal): Promise<string> {
    return readExcerpt(src, this.kind, signal)
  }

  protected override show(text: string): TemplateResult {
    return html`<pre class="excerpt">${text}</pre>`
  }
}

async function readExcerpt(
  src: string,
  kind: 'text' | 'archive',
  signal: AbortSignal,
): Promise<string> {
  if (kind === 'archive') {
    const entries = await ask(z.array(archiveEntrySchema), src, { signal })
    return [strings.results.entries(entries.length), ...entries.map(({ path }) => path)].join('\n')
  }
  const { ok, text } = await readFileStart(src, EXCERPT_BYTES, signal)
  return ok ? text : ''
}

customElements.define('file-excerpt', FileExcerpt)
