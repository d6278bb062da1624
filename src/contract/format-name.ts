/** What formats are named by: letters, digits, and what parts of a name such as `tar.gz` or `x-flv` are joined with. */
const FORMAT_NAME = /^[a-z0-9_]+(?:[.+-][a-z0-9_]+)*$/i

/** Longer than any there is, and short enough for the name of a file. */
const LONGEST = 64

/**
 * Whether a text can be a `fmt`. Workers make file names of it: the path of a rendition ends with it (Adobe's
 * asset-compute-pipeline, lib/rendition.js), so that `x/../../file` would be written anywhere.
 */
export function isFormatName(text: string): boolean {
  const name = text.trim()
  return name.length <= LONGEST && FORMAT_NAME.test(name)
}
