import type { PdfStructure } from './open-structure.ts'
import { nameOf, type PdfDictionary, PdfReference, type PdfValue } from './values.ts'

/** Whether what belongs to a layer, or to several by a rule, is seen when a document is opened. */
export type IsSeen = (membership: PdfValue | undefined) => boolean

/** Expressions are in each other only so deep. */
const MOST_LEVELS = 32

/**
 * Tells which layers of a document are hidden when it is opened (ISO 32000-2, 8.11), as its own configuration has it.
 *
 * @returns undefined when none is
 */
export function readLayers({
  catalog,
  dictionary,
  list,
  resolve,
}: PdfStructure): IsSeen | undefined {
  const properties = dictionary(catalog?.get('OCProperties'))
  if (properties === undefined) return undefined
  const usual = dictionary(properties.get('D'))
  const isUsuallySeen = nameOf(resolve(usual?.get('BaseState'))) !== 'OFF'
  const exceptions = numbersIn(list(usual?.get(isUsuallySeen ? 'OFF' : 'ON')))
  const layers = numbersIn(list(properties.get('OCGs')))
  const isShown = (number: number): boolean => exceptions.has(number) !== isUsuallySeen
  if (![...layers].some((number) => !isShown(number))) return undefined

  const isLayerSeen = (layer: PdfValue): boolean =>
    !(layer instanceof PdfReference) || !layers.has(layer.number) || isShown(layer.number)

  function isSeen(membership: PdfValue | undefined): boolean {
    const found = dictionary(membership)
    if (membership === undefined || found === undefined) return true
    if (nameOf(found.get('Type')) !== 'OCMD') return isLayerSeen(membership)
    const expression = list(found.get('VE'))
    return expression.length > 0 ? evaluate(expression, 0) : isAllowed(found)
  }

  function isAllowed(membership: PdfDictionary): boolean {
    const named = membership.get('OCGs')
    const members = list(named).length > 0 ? list(named) : [named ?? null]
    const states = members.filter((each) => dictionary(each) !== undefined).map(isLayerSeen)
    if (states.length === 0) return true
    const policy = nameOf(membership.get('P'))
    if (policy === 'AllOn') return states.every((state) => state)
    if (policy === 'AnyOff') return states.some((state) => !state)
    if (policy === 'AllOff') return states.every((state) => !state)
    return states.some((state) => state)
  }

  function evaluate([operator, ...operands]: readonly PdfValue[], level: number): boolean {
    if (level > MOST_LEVELS) return true
    const states = operands.map((operand) => {
      const inner = list(operand)
      return inner.length > 0 ? evaluate(inner, level + 1) : isLayerSeen(operand)
    })
    const name = nameOf(operator)
    if (name === 'Not') return states[0] !== true
    return name === 'Or' ? states.some((state) => state) : states.every((state) => state)
  }

  return isSeen
}

function numbersIn(values: readonly PdfValue[]): Set<number> {
  return new Set(values.flatMap((value) => (value instanceof PdfReference ? [value.number] : [])))
}
