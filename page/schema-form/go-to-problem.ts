import type { TextProblem } from './syntax.ts'

/** Puts the cursor into the JSON where something is wrong, once the editor is there. */
export function selectInJson({ offset, length }: TextProblem): void {
  requestAnimationFrame(() => {
    void customElements.whenDefined('json-editor').then(() =>
      requestAnimationFrame(() => {
        document.querySelector('json-editor')?.select(offset, length)
      }),
    )
  })
}

/** Puts the focus on the first of these ids that the page has, once it is drawn; what is wrong within a field is told there. */
export function focusFirst(ids: readonly string[]): void {
  requestAnimationFrame(() => {
    const found = ids.map((id) => document.getElementById(id)).find((each) => each !== null)
    found?.focus()
    found?.scrollIntoView({ block: 'nearest' })
  })
}

/** The paths that lead to a field, and to what it is in, from the inside. */
export function outwards(path: readonly string[]): readonly (readonly string[])[] {
  return path.map((_, depth) => path.slice(0, path.length - depth))
}
