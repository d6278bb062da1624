/** Changes of a JSON text that leave the rest of it as it was written: unknown fields, blanks and lines. */
import { applyEdits, type FormattingOptions, type JSONPath, modify } from 'jsonc-parser'

/** What is inserted is laid out as the first indented line of the text is. */
export function formattingOf(text: string): FormattingOptions {
  const [, blanks = '  '] = /\n([ \t]+)\S/.exec(text) ?? []
  return { insertSpaces: !blanks.startsWith('\t'), tabSize: blanks.length, eol: '\n' }
}

/**
 * Sets a field, or takes it out.
 *
 * @param path - from the whole to the field
 * @param value - undefined takes it out
 */
export function setField(text: string, path: JSONPath, value: unknown): string {
  return applyEdits(text, modify(text, path, value, { formattingOptions: formattingOf(text) }))
}

/** Puts a value at the end of an array. */
export function append(text: string, path: JSONPath, value: unknown): string {
  return applyEdits(
    text,
    modify(text, [...path, -1], value, {
      formattingOptions: formattingOf(text),
      isArrayInsertion: true,
    }),
  )
}
