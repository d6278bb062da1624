import { escapeText } from '../markup/write-html.ts'

const STYLE = `
@page { size: a4; margin: 20mm }
body { font: 11pt/1.5 Carlito, Calibri, 'Liberation Sans', 'Open Sans', Arial, sans-serif; margin: 0 }
h1, h2, h3, h4 { line-height: 1.2; break-after: avoid }
img, svg { max-width: 100% }
pre, code { font-family: 'Liberation Mono', Menlo, monospace; font-size: 0.9em }
pre { white-space: pre-wrap; overflow-wrap: anywhere }
blockquote { border-left: 3px solid #ccc; margin-left: 0; padding-left: 1em }
table { border-collapse: collapse }
td, th { border: 1px solid #bbb; padding: 2px 6px; vertical-align: top }
thead { display: table-header-group }
tr, img { break-inside: avoid }
.sheet + .sheet { break-before: page }
@media screen { body { margin: 40px } }
`

/**
 * A document for paper, of what is in its body.
 *
 * @param options.style - what it has besides
 */
export function paper(
  body: string,
  { style = '', title }: { readonly style?: string; readonly title?: string | undefined } = {},
): string {
  const named = title === undefined ? '' : `<title>${escapeText(title)}</title>`
  return `<!doctype html><meta charset="utf-8">${named}<style>${STYLE}${style}</style><body>${body}`
}
