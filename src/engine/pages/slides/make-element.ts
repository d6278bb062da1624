import type { Element } from '../element.ts'

/** Makes an element that no part has, such as what a style stands for; attributes and children that are undefined are left out. */
export function makeElement(
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  children: readonly (Element | undefined)[] = [],
  text = '',
): Element {
  const told: Record<string, string> = {}
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) told[key] = value
  return { name, attributes: told, children: children.filter((each) => each !== undefined), text }
}
