import { UsageError } from '../arguments.ts'

/** Reads `--company`. @throws {UsageError} */
export function readCompany(text: string | undefined): string | undefined {
  if (text === undefined || /^[^/\\]+$/.test(text)) return text
  throw new UsageError(`--company must be a name without slashes, but it is ${quote(text)}.`)
}

/** Reads `--url`, of which the origin counts. @throws {UsageError} */
export function readOrigin(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const url = URL.parse(text)
  if (url?.protocol === 'https:') return url.origin
  throw new UsageError(`--url must be an https:// URL, but it is ${quote(text)}.`)
}

function quote(text: string): string {
  return JSON.stringify(text)
}
