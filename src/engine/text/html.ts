import { parseMarkup } from '../../packages/markup.ts'
import type { Flow } from './flow.ts'

/** What a reader does not see of a page, how a formula was typed, and how to pronounce a word, which would part it. */
const HIDDEN: ReadonlySet<string> = new Set(
  'script style template noscript noframes iframe object audio video canvas rt rp annotation annotation-xml'.split(
    ' ',
  ),
)

/** What begins and ends a line, as browsers show it. */
const BLOCKS: ReadonlySet<string> = new Set(
  `address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset figcaption
   figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search
   section select summary table textarea title ul`.split(/\s+/),
)

const PREFORMATTED: ReadonlySet<string> = new Set(['pre', 'textarea', 'listing', 'xmp'])

/**
 * Writes the text of a page as a reader sees it. Of what is not in the page itself there is only its title.
 *
 * @param title - whether the title belongs to the text
 */
export async function readHtmlText(
  chunks: AsyncIterable<string> | Iterable<string>,
  flow: Flow,
  { language, title }: { readonly language: 'HTML' | 'XHTML'; readonly title: boolean },
): Promise<void> {
  let preformatted = 0
  let inTitle = false

  function breakAt(name: string): void {
    if (name === 'tr') flow.row()
    else if (BLOCKS.has(name)) flow.line()
  }

  await parseMarkup(
    chunks,
    {
      open(name) {
        if (name === 'title') inTitle = true
        if (PREFORMATTED.has(name)) preformatted += 1
        if (name === 'td' || name === 'th') flow.cell()
        else breakAt(name)
      },
      close(name) {
        if (name === 'title') inTitle = false
        if (PREFORMATTED.has(name)) preformatted -= 1
        breakAt(name)
      },
      text(text) {
        if (inTitle && !title) return
        if (preformatted > 0) flow.text(text)
        else flow.words(text)
      },
    },
    { language, skip: HIDDEN },
  )
}
