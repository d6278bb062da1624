/** Blanks part arguments, quotes keep them together, and a backslash takes away what the next character means. */
const TOKEN = /[ \t\r\n]+|'([^']*)'|"((?:\\[^]|[^"\\])*)"|\\([^])|([^\s'"\\]+)/gy

/**
 * Splits a line into arguments as a shell would, and does nothing else of what a shell does: `$`, `*`, `;` and `|` are
 * characters like any other. Within double quotes a backslash takes away what `"`, `\`, `$` and a backtick mean.
 *
 * @returns undefined when a quote or a backslash has no end
 */
export function splitArguments(line: string): string[] | undefined {
  const found: string[] = []
  let current: string | undefined
  let at = 0
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(line); match !== null; match = TOKEN.exec(line)) {
    at = TOKEN.lastIndex
    const [, single, double, escaped, plain] = match
    const piece = single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped ?? plain
    if (piece !== undefined) current = (current ?? '') + piece
    else if (current !== undefined) {
      found.push(current)
      current = undefined
    }
  }
  if (at < line.length) return undefined
  return current === undefined ? found : [...found, current]
}
