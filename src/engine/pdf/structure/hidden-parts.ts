import { type IsSeen, readLayers } from './layers.ts'
import type { PdfStructure } from './open-structure.ts'
import { nameOf, type PdfDictionary, PdfReference, type PdfValue } from './values.ts'

/** What belongs to hidden layers, by the numbers of its objects. */
export interface HiddenParts {
  /** What marks in contents refer to: layers, and rules for several. */
  readonly memberships: ReadonlySet<number>
  /** Contents that pages draw by their name. */
  readonly forms: ReadonlySet<number>
  readonly annotations: ReadonlySet<number>
}

/** As many dictionaries are looked at; what is hidden behind them is seen. */
const MOST_LOOKED_AT = 200_000
/** Contents draw each other only so deep. */
const MOST_LEVELS = 64

/** Finds what belongs to layers that are hidden when a document is opened; undefined when there are none. */
export function findHiddenParts(structure: PdfStructure): HiddenParts | undefined {
  const isSeen = readLayers(structure)
  return isSeen && lookThrough(structure, isSeen)
}

function lookThrough({ catalog, dictionary, list }: PdfStructure, isSeen: IsSeen): HiddenParts {
  const [memberships, forms, annotations] = [
    new Set<number>(),
    new Set<number>(),
    new Set<number>(),
  ]
  const seen = new Set<PdfDictionary>()

  /** Whether it has not been looked at before. */
  function isNew(found: PdfDictionary): boolean {
    if (seen.has(found) || seen.size >= MOST_LOOKED_AT) return false
    seen.add(found)
    return true
  }

  function lookAtResources(value: PdfValue | undefined, level = 0): void {
    const resources = dictionary(value)
    if (resources === undefined || level > MOST_LEVELS || !isNew(resources)) return
    for (const property of dictionary(resources.get('Properties'))?.values() ?? []) {
      if (property instanceof PdfReference && !isSeen(property)) memberships.add(property.number)
    }
    for (const entry of dictionary(resources.get('XObject'))?.values() ?? []) {
      const form = dictionary(entry)
      if (form === undefined || nameOf(form.get('Subtype')) !== 'Form') continue
      if (entry instanceof PdfReference && !isSeen(form.get('OC'))) forms.add(entry.number)
      else lookAtResources(form.get('Resources'), level + 1)
    }
  }

  function lookAtAnnotations(value: PdfValue | undefined): void {
    for (const entry of list(value)) {
      const annotation = dictionary(entry)
      if (entry instanceof PdfReference && !isSeen(annotation?.get('OC'))) {
        annotations.add(entry.number)
      }
    }
  }

  const waiting: (PdfValue | undefined)[] = [catalog?.get('Pages')]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    const node = dictionary(value)
    if (node === undefined || !isNew(node)) continue
    lookAtResources(node.get('Resources'))
    lookAtAnnotations(node.get('Annots'))
    waiting.push(...list(node.get('Kids')))
  }
  return { memberships, forms, annotations }
}
