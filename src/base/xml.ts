const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // Whoever reads an attribute would have spaces of these, and of a return anywhere a line feed (XML 1.0, 2.11 and 3.3.3).
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/**
 * A text as it stands in an attribute or the content of an element, so that whoever reads it has the very same; what XML 1.0
 * has no way to write (2.2) is left out, and halves of surrogate pairs are replaced.
 */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\t\n\r&<>"']/g, (letter) => REFERENCES[letter] ?? letter)
    .replaceAll(/[^\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
}
