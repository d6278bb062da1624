/** Whether there are variables of CSS in a drawing or a value, in whose place values are to be put. */
export function hasVariables(css: string): boolean {
  return /var\(\s*--/.test(css)
}
