import type { Composition, Content, Mask } from '../engine/layers/composition.ts'

/** The objects whose files are shown in a composition, nested ones included; each once, in the order of their use. */
export function usedObjects(composition: Composition): readonly string[] {
  const objects = new Set<string>()
  const visit = ({ layers }: Composition): void => {
    for (const { content } of layers) {
      visitContent(content)
      if (content.kind !== 'text' && content.mask) visitContent(content.mask)
    }
  }
  const visitContent = (shown: Content | Mask): void => {
    if (shown.kind === 'picture') objects.add(shown.object)
    if (shown.kind === 'composition') visit(shown.composition)
  }
  visit(composition)
  return [...objects]
}
