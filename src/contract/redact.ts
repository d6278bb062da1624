/** A signature in a URL, in a printed URL object (`'signature' => 'a'`) or in JSON, quoted or not. */
const SIGNATURE =
  /\b(signature|sig|X-Amz-Signature|X-Amz-Security-Token)(\\*["']?\s*(?:=>|=|:)\s*\\*["']?)[^&\s\\"'<>]+/gi

/**
 * Takes out of a sentence what opens something: a URL's whole query, the password in a URL, and tokens. Workers quote all
 * of them when they tell what went wrong.
 */
export function redact(text: string): string {
  return redactSecrets(
    text
      .replaceAll(/(https?:\/\/)[^\s/?#@"'<>]*@/gi, '$1…@')
      .replaceAll(/(https?:\/\/[^\s?#"'<>]+)[?#][^\s"'<>]*/gi, '$1?…'),
  )
}

/**
 * Takes tokens and the signatures of presigned URLs (this service's, Azure's and Amazon's) out of a text, and leaves
 * it otherwise as the program wrote it, since somebody looks for a mistake in there. JSON stays JSON.
 */
export function redactSecrets(text: string): string {
  return text
    .replaceAll(SIGNATURE, '$1$2…')
    .replaceAll(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '…')
    .replaceAll(/\b(Bearer|Basic)\s+[\w.~+/=-]{16,}/gi, '$1 …')
}

/** What a URL is called in a sentence: without the user, password, signature and data that nobody else shall see. */
export function nameUrl(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null) return 'its URL'
  const { protocol, host, pathname } = parsed
  return protocol === 'data:' ? 'its data URL' : `${protocol}//${host}${pathname}`
}
