import { html, nothing, type TemplateResult } from 'lit'
import type { TestCase } from '../../src/doors/page/api.ts'
import { fileContent } from '../files/file-content.ts'
import { lookAtFile } from '../files/look-at-file.ts'
import { pictureOf, picturesOf, type ShownFile } from '../files/shown-file.ts'
import { isWaiting, keyOfCase } from '../model/case-list.ts'
import { urlOf } from '../service.ts'
import { strings } from '../strings.ts'
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

/** A part as a file that can be looked at; undefined when there is no such file. */
function fileOf(each: TestCase, part: Part): ShownFile | undefined {
  const { source, expected, result, sourceShownAs, expectedShownAs } = each
  const hasActual = result?.hasActual === true
  const isThere = {
    source: source !== undefined,
    expected: expected !== undefined,
    actual: hasActual,
    difference: expected !== undefined && hasActual,
  }[part]
  if (!isThere) return undefined
  const shownAs = part === 'source' ? sourceShownAs : expectedShownAs
  return {
    name: words.pictureOf(words[part], keyOfCase(each)),
    // XML as it stands, too: what is told of a difference are its lines.
    shownAs: shownAs === 'xml' ? 'text' : shownAs,
    // A difference is there as a picture alone.
    at: (form) =>
      addressOfFile(each, part, ...(form === 'file' || part === 'difference' ? [] : [form])),
  }
}

function partView(each: TestCase, part: Part): TemplateResult | typeof nothing {
  const file = fileOf(each, part)
  // Of what is no picture, the verdict tells the first difference.
  if (part === 'difference' && file?.shownAs !== 'picture') return nothing
  return html`<figure>
    <figcaption>
      <h3>${words[part]}</h3>
      ${file === undefined || part === 'difference' ? nothing : downloadView(each, part)}
    </figcaption>
    ${file === undefined ? html`<p>${whyMissing(each, part)}</p>` : contentView(each, file)}
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

/** A picture beside others is small, and looked at in a window of its own. */
function contentView(each: TestCase, file: ShownFile): TemplateResult {
  if (file.shownAs !== 'picture') return fileContent(file)
  const { src, name } = pictureOf(file)
  const closer = (): void => {
    const others = PARTS.flatMap((part) => fileOf(each, part) ?? [])
    lookAtFile(file, picturesOf(others.filter((other) => other.name !== name)))
  }
  return html`<button aria-label=${words.closer(name)} @click=${closer}>
    <thumb-picture src=${src} alt=${name} letters=${words.broken}></thumb-picture>
  </button>`
}

function whyMissing(each: TestCase, part: Part): string {
  const { errorReason, result } = each
  if (part === 'actual' && isWaiting(each)) return words.actualToCome
  if (part === 'actual') return result === undefined ? words.notRun : words.noActual
  if (part === 'source') return words.noSource
  return errorReason === undefined ? words.noExpected : words.expectedError(errorReason)
}

/** With the number of the run, so that a file of an earlier one is not taken for that of this. */
function addressOfFile({ action, name, result }: TestCase, ...parts: readonly string[]): string {
  return `${urlOf('cases', action, name, ...parts)}?run=${result?.run ?? 0}`
}
