import { html, nothing, type TemplateResult } from 'lit'
import './icon.css'

const CIRCLE = 'M17.2 10a7.2 7.2 0 1 1-14.4 0a7.2 7.2 0 0 1 14.4 0'
const LENS = 'M14 8.5a5.5 5.5 0 1 1-11 0a5.5 5.5 0 0 1 11 0M12.5 12.5L17 17'

/** The lines of each icon, in a square of 20. */
const LINES = {
  add: 'M10 3.5v13M3.5 10h13',
  alert: `${CIRCLE}M10 6.2v4.6M10 13.6v.1`,
  'alert-triangle': 'M10 3L17.7 16.5H2.3zM10 8v4M10 14.2v.1',
  cancel: `${CIRCLE}M4.9 4.9L15.1 15.1`,
  'checkmark-circle': `${CIRCLE}M6.7 10.2l2.4 2.4L13.4 7.6`,
  'chevron-down': 'M4.5 7.2L10 12.8l5.5-5.6',
  'chevron-left': 'M12.8 4.5L7.2 10l5.6 5.5',
  'chevron-right': 'M7.2 4.5L12.8 10l-5.6 5.5',
  'chevron-up': 'M4.5 12.8L10 7.2l5.5 5.6',
  clock: `${CIRCLE}M10 5.8V10l2.8 1.9`,
  close: 'M4.5 4.5l11 11M15.5 4.5l-11 11',
  delete: 'M3 5.5h14M7.3 5.5V3.2h5.4v2.3M4.8 5.5l.9 11.3h8.6l.9-11.3M8.3 8.7v5M11.7 8.7v5',
  download: 'M10 3v9.6M6 8.9l4 4l4-4M3.2 16.8h13.6',
  duplicate: 'M7.2 7.2h9.6v9.6H7.2zM12.8 4.8V3.2H3.2v9.6h1.6',
  edit: 'M3.2 16.8l.9-4.1L13.2 3.6a1.6 1.6 0 0 1 2.3 0l.9.9a1.6 1.6 0 0 1 0 2.3L7.3 15.9zM11.5 5.3l3.2 3.2',
  info: `${CIRCLE}M10 9.2v4.6M10 6.3v.1`,
  refresh: 'M16.2 10a6.2 6.2 0 1 1-1.9-4.5l1.9 1.8M16.5 3v4.3h-4.3',
  search: LENS,
  'zoom-in': `${LENS}M8.5 6v5M6 8.5h5`,
  'zoom-out': `${LENS}M6 8.5h5`,
} as const

/** What an icon shows. */
export type IconName = keyof typeof LINES

/**
 * An icon in the colour of the text.
 *
 * @param options.label - what it says to those who do not see it; without one, what is beside it says so
 */
export function icon(name: IconName, { label }: { readonly label?: string } = {}): TemplateResult {
  return draw(name, { label })
}

/** An icon in a button of Spectrum's; the button has the words. */
export function buttonIcon(name: IconName): TemplateResult {
  return draw(name, { slot: 'icon' })
}

function draw(
  name: IconName,
  { label, slot }: { readonly label?: string | undefined; readonly slot?: 'icon' },
): TemplateResult {
  return html`<svg
    class="icon"
    slot=${slot ?? nothing}
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
    role=${label === undefined ? nothing : 'img'}
    aria-label=${label ?? nothing}
    aria-hidden=${label === undefined ? 'true' : nothing}
    ><path d=${LINES[name]}></path
  ></svg>`
}
