/**
 * Decodes a value of a request: `+` is a space, as in Adobe's own examples of texts, and `%` with two digits a byte of UTF-8. What is
 * no UTF-8 is read as Latin-1, in which older pages are written, and a `%` without digits is one. It runs in browsers as well.
 */
export function decodeValue(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  return spaced.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded)
    } catch {
      return encoded.replace(/%(..)/g, (_, byte: string) =>
        String.fromCharCode(Number.parseInt(byte, 16)),
      )
    }
  })
}
