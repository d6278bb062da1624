import type { ShownAs } from './api.ts'

/** Types of pictures that browsers show. */
const BROWSER_PICTURES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/svg+xml',
  'image/avif',
])

/** What is no `image/…`, and yet the service draws it. */
const DRAWN =
  /^application\/(?:pdf|illustrator|postscript|(?:vnd\.adobe\.)?photoshop|msword|rtf|epub\+zip|vnd\.(?:ms-(?:excel|powerpoint)|openxmlformats-officedocument\.|oasis\.opendocument\.).*)$/

/** Whether a browser shows pictures of this media type. */
export function isBrowserPicture(type: string): boolean {
  return BROWSER_PICTURES.has(type)
}

/** How a file of this media type can be looked at. */
export function shownAs(type: string): ShownAs {
  if (type.startsWith('image/') || DRAWN.test(type)) return 'picture'
  if (/^(?:text|application)\/xml$|\+xml$/.test(type)) return 'xml'
  if (/^application\/(?:x-)?zip(?:-compressed)?$/.test(type)) return 'archive'
  return /^text\/|^application\/(?:json|javascript)$|\+json$/.test(type) ? 'text' : 'nothing'
}
