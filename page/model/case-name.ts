/** As long as the name of a case may be. */
const LONGEST = 100

/** A name for a test case, made of those of its source and its rendition, such as `harbour-thumbnail.48`. */
export function suggestCaseName(source: string | undefined, rendition: string): string {
  const name = [source, rendition]
    .filter((each) => each !== undefined)
    .map((each) => each.replace(/(?<=.)\.\w{1,5}$/, ''))
    .join('-')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\w.]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, LONGEST)
    .replace(/[.-]+$/, '')
  return name === '' ? 'case' : name
}
