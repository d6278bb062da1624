import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Work } from '../../src/doors/page/work/work-shapes.ts'
import { relativeTime } from '../model/relative-time.ts'
import { formatDateTime } from '../strings.ts'
import './list-frame.css'

/** A piece of work in a list. */
export interface WorkEntry {
  readonly work: Pick<Work, 'id' | 'state' | 'createdAt'>
  readonly title: string
  /** Where all that is known of it is shown. */
  readonly address: string
  /** What stands before its title: how far it is, and a picture of it. */
  readonly before: TemplateResult
  /** What stands between its title and its time. */
  readonly between?: TemplateResult
  /** What stands behind its time. */
  readonly after: TemplateResult
  /** What stands below. */
  readonly below?: TemplateResult | undefined
}

/**
 * Pieces of work, whatever door they are of, newest first.
 *
 * @param list.kind - the class of the list, which says how wide its columns are
 * @param list.now - what times are told from, in milliseconds since 1970
 */
export function workList(
  entries: readonly WorkEntry[],
  list: { readonly kind: string; readonly label: string; readonly now: number },
): TemplateResult {
  return html`<ol class="entries ${list.kind}" aria-label=${list.label}>
    ${repeat(
      entries,
      ({ work }) => work.id,
      (entry) => entryView(entry, list.now),
    )}
  </ol>`
}

function entryView(
  { work: { state, createdAt }, title, address, before, between, after, below }: WorkEntry,
  now: number,
): TemplateResult {
  return html`<li data-state=${state}>
    ${before}
    <a class="entry-title" href=${address}><bdi>${title}</bdi></a>
    ${between ?? nothing}
    <time datetime=${new Date(createdAt).toISOString()} title=${formatDateTime(createdAt)}
      >${relativeTime(createdAt, now)}</time
    >
    ${after} ${below ?? nothing}
  </li>`
}
