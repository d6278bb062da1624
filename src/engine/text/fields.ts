/** Follows the fields of a document that text is in. */
export interface Fields {
  readonly mark: (type: string | undefined) => void
  /** Whether text here is the code of a field, which nobody sees. */
  readonly areCodes: () => boolean
}

/** Fields are one in another: what is before the separator of one is its code, results of others included. */
export function createFields(): Fields {
  const inCode: boolean[] = []
  let codes = 0
  return {
    mark(type) {
      if (type === 'begin') {
        inCode.push(true)
        codes += 1
      } else if (type === 'separate' && inCode.at(-1) === true) {
        inCode[inCode.length - 1] = false
        codes -= 1
      } else if (type === 'end' && inCode.pop() === true) {
        codes -= 1
      }
    },
    areCodes: () => codes > 0,
  }
}
