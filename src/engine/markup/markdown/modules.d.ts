/** What this project uses of `markdown-it-footnote` 4.0.0, which brings no types. */
declare module 'markdown-it-footnote' {
  export default function footnotes(markdown: import('markdown-it').MarkdownIt): void
}
