import { type IsSeen, readLayers } from './layers.ts'
import type { PdfStructure } from './open-structure.ts'
import { isDictionary, nameOf, type PdfDictionary, PdfReference, type PdfValue } from './values.ts'

/** What belongs to hidden layers, by the numbers of its objects. */
export interface HiddenParts {
  /** What marks in contents refer to: layers, and rules for several. */
  readonly memberships: ReadonlySet<number>
  /** Contents that pages draw by their name. */
  readonly forms: ReadonlySet<number>
  readonly annotations: ReadonlySet<number>
  /** Objects in which stand such rules themselves, with what takes the place of these. */
  readonly holders: ReadonlyMap<number, PdfValue>
}

/** What marks of hidden layers say of themselves when a file is read with these parts: the value 1. */
export const HIDDEN_MARK = 'DarkroomHidden'
/** What stands for a layer or a rule that is hidden. */
export const HIDDEN_RULE: PdfDictionary = new Map([[HIDDEN_MARK, 1]])

/** As many dictionaries are looked at; what is hidden behind them is seen. */
const MOST_LOOKED_AT = 200_000
/** Contents draw each other only so deep. */
const MOST_LEVELS = 64

/** Finds what belongs to layers that are hidden when a document is opened; undefined when there are none. */
export function findHiddenParts(structure: PdfStructure): HiddenParts | undefined {
  const isSeen = readLayers(structure)
  return isSeen && lookThrough(structure, isSeen)
}

function lookThrough(
  { catalog, dictionary, list, resolve }: PdfStructure,
  isSeen: IsSeen,
): HiddenParts {
  const [memberships, forms, annotations] = [
    new Set<number>(),
    new Set<number>(),
    new Set<number>(),
  ]
  const rules = new Map<number, Set<PdfValue>>()
  const seen = new Set<PdfDictionary>()

  /** Whether it has not been looked at before. */
  function isNew(found: PdfDictionary): boolean {
    if (seen.has(found) || seen.size >= MOST_LOOKED_AT) return false
    seen.add(found)
    return true
  }

  /** @param holder - the number of the object that they stand in, where that is no stream */
  function lookAtResources(value: PdfValue | undefined, holder?: number, level = 0): void {
    const resources = dictionary(value)
    if (resources === undefined || level > MOST_LEVELS || !isNew(resources)) return
    const own = value instanceof PdfReference ? value.number : holder
    lookAtProperties(resources.get('Properties'), own)
    for (const entry of dictionary(resources.get('XObject'))?.values() ?? []) {
      const form = dictionary(entry)
      if (form === undefined || nameOf(form.get('Subtype')) !== 'Form') continue
      if (entry instanceof PdfReference && !isSeen(form.get('OC'))) forms.add(entry.number)
      else lookAtResources(form.get('Resources'), undefined, level + 1)
    }
  }

  function lookAtProperties(value: PdfValue | undefined, holder: number | undefined): void {
    const own = value instanceof PdfReference ? value.number : holder
    for (const property of dictionary(value)?.values() ?? []) {
      if (isSeen(property)) continue
      if (property instanceof PdfReference) memberships.add(property.number)
      else if (own !== undefined) {
        rules.set(own, (rules.get(own) ?? new Set<PdfValue>()).add(property))
      }
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
    lookAtResources(node.get('Resources'), value instanceof PdfReference ? value.number : undefined)
    lookAtAnnotations(node.get('Annots'))
    waiting.push(...list(node.get('Kids')))
  }
  const holders = Array.from(rules, ([number, hidden]) => {
    const content = resolve(new PdfReference(number, 0)) ?? null
    return [number, replaceIn(content, hidden)] as const
  })
  return { memberships, forms, annotations, holders: new Map(holders) }
}

/** A value with {@link HIDDEN_RULE} in place of those that stand in it. */
function replaceIn(value: PdfValue, hidden: ReadonlySet<PdfValue>): PdfValue {
  if (hidden.has(value)) return HIDDEN_RULE
  if (Array.isArray(value)) return value.map((each) => replaceIn(each, hidden))
  return isDictionary(value)
    ? new Map(Array.from(value, ([name, entry]) => [name, replaceIn(entry, hidden)]))
    : value
}
