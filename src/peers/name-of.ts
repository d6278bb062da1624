import { toFileName } from '../base/file-name.ts'

/** What a file of somebody else is called here; `file` when its own name is none. */
export function nameOf(given: string): string {
  return toFileName(given) ?? 'file'
}
