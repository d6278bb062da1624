/**
 * A signature in a URL, in a printed URL object (`'signature' => 'a'`), in JSON, quoted or not, or in the error document
 * of Amazon S3 (`<SignatureProvided>`).
 */
const SIGNATURE =
  /\b(signature(?:Provided)?|sig|X-Amz-Signature|X-Amz-Security-Token)(\\*["']?\s*(?:=>|=|:|>)\s*\\*["']?)[^&\s\\"'<>]+/gi

/**
 * The XML that Azure, Amazon S3 and their like answer when they refuse something. Amazon repeats the whole request in it;
 * Azure says only in the detail that a signature has expired.
 */
const ERROR_DOCUMENT =
  /\uFEFF?<\?xml[^>]{0,99}>\s*<Error>\s*<Code>([^<]*)<\/Code>\s*<Message>(?:[^<]*<\/Message>\s*<AuthenticationErrorDetail>)?([^<\n]*)[^]*$/

/**
 * What an object store says when it refuses something: its code and what that means, in one line.
 *
 * @param text - what it has answered, or the beginning of that
 * @returns undefined when it is no error document
 */
export function readErrorDocument(text: string): string | undefined {
  const [, code, message] = ERROR_DOCUMENT.exec(text) ?? []
  return code === undefined ? undefined : redactSecrets(`${code}: ${message}`)
}

/** A URL, and its query if it has one: what has none is passed over as a whole, or it would be searched from within anew. */
const URL_AND_QUERY = /(https?:\/\/[^\s?#"'<>]+)([?#][^\s"'<>]*)?/gi

/** The first part of a token, and the other two if it is one; without them it is passed over likewise. */
const TOKEN = /\beyJ[\w-]+(\.[\w-]+\.[\w-]*)?/g

/**
 * Takes out of a sentence what opens something: a URL's whole query, and what {@link redactSecrets} does. Workers quote all
 * of them when they tell what went wrong. Of the error document of an object store it leaves the code and what it means.
 */
export function redact(text: string): string {
  return redactSecrets(
    text
      .replace(ERROR_DOCUMENT, '$1: $2')
      .replaceAll(URL_AND_QUERY, (whole, url, query) => (query === undefined ? whole : `${url}?…`)),
  )
}

/** A private key as text, whole or cut off; its lines may be those of JSON. */
const PRIVATE_KEY =
  /(-----BEGIN [A-Z ]*PRIVATE KEY-----)[^"-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g

/**
 * Takes tokens, private keys, the passwords in URLs and the signatures of presigned ones (this service's, Azure's and Amazon's) out of
 * a text, and leaves it otherwise as the program wrote it, since somebody looks for a mistake in there. JSON stays JSON.
 */
export function redactSecrets(text: string): string {
  return text
    .replaceAll(SIGNATURE, '$1$2…')
    .replaceAll(/((?:https?|postgres(?:ql)?):\/\/)[^\s/?#@\\"'<>]*@/gi, '$1…@')
    .replaceAll(TOKEN, (whole, rest) => (rest === undefined ? whole : '…'))
    .replaceAll(PRIVATE_KEY, '$1…')
    .replaceAll(/\b(Bearer|Basic)\s+[\w.~+/=-]{16,}/gi, '$1 …')
}

/** What a URL is called in a sentence: without the user, password, signature and data that nobody else shall see. */
export function nameUrl(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null) return 'its URL'
  const { protocol, host, pathname } = parsed
  return protocol === 'data:' ? 'its data URL' : `${protocol}//${host}${pathname}`
}
