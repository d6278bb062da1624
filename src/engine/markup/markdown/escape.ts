/** What means something wherever it stands; `_` does so at the edges of words, `<` and `&` before what HTML has there. */
const ANYWHERE = /[\\`*[\]~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|<(?=[a-z/!?])|&(?=#?\w{1,32};)/giu

/** What means something at the start of a line. */
const AT_START = /^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+(?=\s*$)|-+(?=\s*$)|:(?=-)|\|)/
const NUMBER_AT_START = /^(\d{1,9})([.)])(?=\s|$)/

/** A text of which nothing is Markdown. */
export function escapeMarkdown(text: string, isLineStart: boolean): string {
  const escaped = text.replace(ANYWHERE, '\\$&')
  if (!isLineStart) return escaped
  return escaped.replace(AT_START, '\\$&').replace(NUMBER_AT_START, '$1\\$2')
}

/** Code within a line, with as many backticks around it as it takes. */
export function inlineCode(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1)
  const isPadded = /^`|`$|^ .* $/.test(text)
  return isPadded ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`
}

/** What code is fenced with. */
export function fenceOf(text: string): string {
  return '`'.repeat(Math.max(3, longestRun(text) + 1))
}

/** Where a link leads, as it stands within round brackets. */
export function destination(href: string): string {
  const plain = href.replace(/[\r\n]+/g, '').replaceAll('\\', '%5C')
  return /[\s()<>]/.test(plain) ? `<${plain.replaceAll('<', '%3C').replaceAll('>', '%3E')}>` : plain
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0)
}
