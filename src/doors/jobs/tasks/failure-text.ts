/** A failure is kept as its code and its sentence in one text. */
export function joinFailure(code: string, message: string): string {
  return toStorable(`${toCode(code)}\n${message}`)
}

/** What programs say may have a character in it that no text of PostgreSQL can have. */
export function toStorable(text: string): string {
  return text.replaceAll('\0', '\uFFFD')
}

/** A reason of the Asset Compute API, such as `SourceCorrupt`, as the codes of tasks are written. */
function toCode(reason: string): string {
  return reason.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()
}

/** Its code and its sentence, see {@link joinFailure}. */
export function splitFailure(failure: string): string[] {
  const [code = '', ...message] = failure.split('\n')
  return [code, message.join('\n')]
}
