/** Follows the fields of a document that text is in. */
export interface Fields {
  readonly mark: (type: string | undefined) => void
  /** Adds to the code of the field that has begun last. */
  readonly addCode: (text: string) => void
  /** The code of the innermost field whose result is here; empty where there is none. */
  readonly shownCode: () => string
  /** Whether text here is the code of a field, which nobody sees. */
  readonly areCodes: () => boolean
}

/** As much of a code is kept, in letters: which field it is, is told by its first word. */
const MOST_CODE = 1000

/** Fields are one in another: what is before the separator of one is its code, results of others included. */
export function createFields(): Fields {
  const inCode: boolean[] = []
  let codes = 0
  /** The codes of the open fields. */
  const texts: string[] = []
  return {
    mark(type) {
      if (type === 'begin') {
        inCode.push(true)
        texts.push('')
        codes += 1
      } else if (type === 'separate' && inCode.at(-1) === true) {
        inCode[inCode.length - 1] = false
        codes -= 1
      } else if (type === 'end') {
        texts.pop()
        if (inCode.pop() === true) codes -= 1
      }
    },
    addCode(text) {
      const last = texts.length - 1
      const code = texts[last]
      if (code !== undefined && code.length < MOST_CODE) texts[last] = code + text
    },
    shownCode: () => (codes > 0 ? '' : (texts.at(-1) ?? '')),
    areCodes: () => codes > 0,
  }
}
