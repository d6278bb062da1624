/** How else Adobe’s pages write members; the XSD has them as the values of this map. */
export const ALIASES: ReadonlyMap<string, string> = new Map([
  ['assetNamesArray', 'assetNameArray'],
  ['excludByproductArray', 'excludeByproductArray'],
  ['excludFieldArray', 'excludeFieldArray'],
  ['is_modifer', 'is_modifier'],
  ['dateVale', 'dateVal'],
])

/** What stands for members that the XSD needs and Adobe’s pages do not. */
export const ASSUMED: Readonly<Record<string, unknown>> = { includeSubfolders: false }
