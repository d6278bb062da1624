/** What is said of a signature when something was written behind what it covers, as ExifTool does. */
export const WRITTEN_BEHIND =
  'It is signed, and its signature does not cover what was written into it, so that readers show it as changed.'

/**
 * What is said of a signature that a change has broken.
 *
 * @param name - of the file that had it, where there were several that became one
 */
export function tellBroken(name?: string): string {
  return name === undefined
    ? 'Its signature holds no longer, since the file was changed.'
    : `The signature of ${name} holds no longer, since that is a part of another file now.`
}
