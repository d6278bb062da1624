import mammoth from 'mammoth'
import MarkdownIt from 'markdown-it'
import TurndownService from 'turndown'

/** What has no text in it that is meant to be read. */
const UNREAD = ['script', 'style', 'noscript', 'template', 'iframe'] as const

/** A page of a text in Markdown. HTML within it stays text, so that the page can do nothing. */
export function markdownToHtml(markdown: string): string {
  return page(new MarkdownIt({ html: false, linkify: false }).render(markdown))
}

/** The text of a page in Markdown. */
export function htmlToMarkdown(html: string): string {
  const service = new TurndownService({
    headingStyle: 'atx',
    codeBlockStyle: 'fenced',
    bulletListMarker: '-',
  })
  service.remove([...UNREAD])
  return `${service.turndown(html)}\n`
}

/** A page of a DOCX: its headings, lists, tables and pictures, not its layout. Nothing outside of it is read. */
export async function docxToHtml(bytes: Buffer): Promise<string> {
  const { value } = await mammoth.convertToHtml({ buffer: bytes }, { externalFileAccess: false })
  return page(value)
}

function page(body: string): string {
  return `<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n</head>\n<body>\n${body.trim()}\n</body>\n</html>\n`
}
