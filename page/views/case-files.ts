import { html, nothing, type TemplateResult } from 'lit'
import type { ShownAs, TestCase } from '../../src/doors/page/api.ts'
import { lookCloser } from '../elements/look-closer.ts'
import { keyOfCase } from '../model/case-list.ts'
import { urlOf } from '../service.ts'
import { strings } from '../strings.ts'
import '../elements/archive-entries.ts'
import '../elements/file-text.ts'
import '../elements/media-player.ts'
import '../elements/thumb-picture.ts'
import './case-files.css'

const words = strings.case

/** What can be seen of a case, by the names that its addresses and {@link words} have for it. */
const PARTS = ['source', 'expected', 'actual', 'difference'] as const

type Part = (typeof PARTS)[number]

/** The files of a case side by side: its source, what is expected, what was made, and what is between these. */
export function caseFilesView(each: TestCase): TemplateResult {
  return html`<section class="case-files">
    <h2 class="unseen">${words.files}</h2>
    ${PARTS.map((part) => partView(each, part))}
  </section>`
}

/** How a part is shown; undefined when there is no such file. */
function shownAsOf(each: TestCase, part: Part): ShownAs | undefined {
  const { source, expected, result, sourceShownAs, expectedShownAs } = each
  if (part === 'source') return source === undefined ? undefined : sourceShownAs
  const isThere = {
    expected: expected !== undefined,
    actual: result?.hasActual === true,
    difference: expected !== undefined && result?.hasActual === true,
  }[part]
  return isThere ? expectedShownAs : undefined
}

function partView(each: TestCase, part: Part): TemplateResult | typeof nothing {
  const shownAs = shownAsOf(each, part)
  // Of what is no picture, the verdict tells the first difference.
  if (part === 'difference' && shownAs !== 'picture') return nothing
  return html`<figure>
    <figcaption>
      <h3>${words[part]}</h3>
      ${shownAs === undefined || part === 'difference' ? nothing : downloadView(each, part)}
    </figcaption>
    ${
      shownAs === undefined
        ? html`<p>${whyMissing(each, part)}</p>`
        : contentView(each, part, shownAs)
    }
    ${part === 'difference' ? html`<p>${words.legend}</p>` : nothing}
  </figure>`
}

function downloadView(each: TestCase, part: Part): TemplateResult {
  return html`<a
    href="${addressOfFile(each, part)}&download"
    aria-label=${words.downloadNamed(words[part])}
    >${words.download}</a
  >`
}

function contentView(each: TestCase, part: Part, shownAs: ShownAs): TemplateResult {
  const { src, name } = shownPicture(each, part)
  if (shownAs === 'picture') {
    return html`<button aria-label=${words.closer(name)} @click=${() => closer(each, part)}>
      <thumb-picture src=${src} alt=${name} letters=${words.notShown}></thumb-picture>
    </button>`
  }
  if (shownAs === 'archive') {
    return html`<archive-entries
      src=${addressOfFile(each, part, 'entries')}
      name=${name}
    ></archive-entries>`
  }
  if (shownAs === 'video' || shownAs === 'audio') {
    const file = addressOfFile(each, part)
    return html`<media-player src=${file} name=${name} kind=${shownAs}></media-player>`
  }
  if (shownAs !== 'text' && shownAs !== 'xml') return html`<p>${words.notShown}</p>`
  // XML as it stands, too: what is told of a difference are its lines.
  return html`<file-text
    src=${addressOfFile(each, part)}
    name=${name}
    kind="text"
  ></file-text>`
}

function whyMissing({ errorReason, result }: TestCase, part: Part): string {
  if (part === 'actual') return result === undefined ? words.notRun : words.noActual
  if (part === 'source') return words.noSource
  return errorReason === undefined ? words.noExpected : words.expectedError(errorReason)
}

function closer(each: TestCase, part: Part): void {
  const others = PARTS.filter(
    (other) => other !== part && shownAsOf(each, other) === 'picture',
  ).map((other) => shownPicture(each, other))
  lookCloser(shownPicture(each, part), others)
}

function shownPicture(each: TestCase, part: Part): { src: string; name: string } {
  const address =
    part === 'difference' ? addressOfFile(each, part) : addressOfFile(each, part, 'picture')
  return { src: address, name: words.pictureOf(words[part], keyOfCase(each)) }
}

/** With the number of the run, so that a file of an earlier one is not taken for that of this. */
function addressOfFile({ action, name, result }: TestCase, ...parts: readonly string[]): string {
  return `${urlOf('cases', action, name, ...parts)}?run=${result?.run ?? 0}`
}
