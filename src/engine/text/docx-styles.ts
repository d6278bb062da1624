import { readAttribute } from '../../packages/markup.ts'
import type { Package } from '../../packages/package.ts'
import { isOn } from './docx-property.ts'

/** As many styles are based on each other as programs allow. */
const MOST_BASES = 16

/**
 * Reads which styles hide what is written in them, be it by what they are based on.
 *
 * @param part - the name of the part that defines styles
 * @returns their ids
 */
export async function readHidingStyles(parts: Package, part: string): Promise<ReadonlySet<string>> {
  const hides = new Map<string, boolean>()
  const bases = new Map<string, string>()
  let style = ''
  let inRunProperties = false
  await parts.parse(part, {
    open(name, attributes) {
      if (name === 'style') style = readAttribute(attributes, 'styleId') ?? ''
      if (name === 'basedOn') bases.set(style, readAttribute(attributes, 'val') ?? '')
      if (name === 'rPr') inRunProperties = true
      if (name === 'vanish' && inRunProperties && style !== '') hides.set(style, isOn(attributes))
    },
    close(name) {
      if (name === 'rPr') inRunProperties = false
      if (name === 'style') style = ''
    },
  })

  function isHiding(id: string | undefined, level: number): boolean {
    if (id === undefined || level > MOST_BASES) return false
    return hides.get(id) ?? isHiding(bases.get(id), level + 1)
  }

  return new Set([...hides.keys(), ...bases.keys()].filter((id) => isHiding(id, 0)))
}
