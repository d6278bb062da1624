/** A failure is kept as its code and its sentence in one text. */
export function joinFailure(code: string, message: string): string {
  return `${toCode(code)}\n${message}`
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
