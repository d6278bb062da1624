import { findNodeAtLocation, type JSONPath } from 'jsonc-parser'
import type { Language } from '../schema-form/language.ts'
import { strings } from '../strings.ts'
import { inspectComposition } from './reading.ts'
import { matters, schemaAt } from './schema.ts'

/** What is known of compositions. */
export const COMPOSITIONS: Language = {
  label: strings.composition.editor,
  schemaAt(_text, path) {
    const within = insideRendition(path)
    return within && schemaAt(within)
  },
  matters(text, path) {
    const within = insideRendition(path) ?? []
    const [name] = within
    if (within.length !== 1 || typeof name !== 'string') return true
    const fmt: unknown = findNodeAtLocation(text, [...path.slice(0, -1), 'fmt'])?.value
    return matters(name, fmt)
  },
  problemsOf: (text) => inspectComposition(text).problems,
}

/** The path inside of the rendition that a path leads into; undefined when it leads into none. */
function insideRendition(path: JSONPath): JSONPath | undefined {
  const [first, ...rest] = path
  if (typeof first === 'number') return rest
  const [second, ...others] = rest
  return first === 'renditions' && typeof second === 'number' ? others : undefined
}
