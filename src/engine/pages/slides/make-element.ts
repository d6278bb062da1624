import type { Element } from '../element.ts'

/** Makes an element that no part has, such as what a style stands for. */
export function makeElement(
  name: string,
  attributes: Element['attributes'] = {},
  children: readonly Element[] = [],
): Element {
  return { name, attributes, children, text: '' }
}
