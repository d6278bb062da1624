/** Has the user choose files, and calls back with them; not at all when the user does not want to. */
export function pickFiles(take: (files: readonly File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.addEventListener('change', () => take([...(input.files ?? [])]))
  input.click()
}
