/** Once a change is in the page, says what has happened, and puts the focus where the user goes on. */
export function settle(
  { currentTarget }: Pick<Event, 'currentTarget'>,
  { said = '', focus }: { readonly said?: string; readonly focus: string },
): void {
  const composition =
    currentTarget instanceof Element ? currentTarget.closest('.composition') : null
  requestAnimationFrame(() => {
    const status = composition?.querySelector('.said')
    if (status) status.textContent = said
    const next = composition?.querySelector(focus)
    if (next instanceof HTMLElement) next.focus()
  })
}

/** The id of what belongs to a part of a form: a field, by its path, or a button. */
export function idAt(part: string, path: readonly string[]): string {
  return `${part}-${path.join('-').replaceAll(/[^\w-]/g, '_')}`
}
