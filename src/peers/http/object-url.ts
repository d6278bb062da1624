import { Refusal } from '../refusal.ts'

/** A text as part of a path, in the strict way that signatures want it (RFC 3986). */
export function encodeSegment(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/**
 * The URL of an object whose name may have slashes, below another URL.
 *
 * @throws {@link Refusal} for a name that no URL can have
 */
export function objectUrl(base: string, name: string): URL {
  const segments = name.split('/')
  if (segments.some((segment) => segment === '.' || segment === '..')) {
    throw new Refusal('failed', 'a name with . or .. between slashes cannot be sent over HTTP')
  }
  return new URL(`${base.replace(/\/$/, '')}/${segments.map(encodeSegment).join('/')}`)
}
