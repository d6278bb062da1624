import './modal.css'

/**
 * Shows a dialog before the page until it is closed.
 *
 * @param name - its class; the id of its title is that with `-title` behind it
 * @param fill - puts into it what is in it
 * @returns its `returnValue`; empty when the user has dismissed it
 */
export function showModal(
  name: string,
  fill: (dialog: HTMLDialogElement) => void,
): Promise<string> {
  const closed = Promise.withResolvers<string>()
  const dialog = document.createElement('dialog')
  dialog.className = `modal ${name}`
  dialog.setAttribute('aria-labelledby', `${name}-title`)
  fill(dialog)
  // It is about the view that it lies over.
  const leave = (): void => dialog.close()
  addEventListener('hashchange', leave)
  dialog.addEventListener('close', () => {
    removeEventListener('hashchange', leave)
    dialog.remove()
    closed.resolve(dialog.returnValue)
  })
  // Within the theme, which its colours come from.
  document.querySelector('sp-theme')?.append(dialog)
  dialog.showModal()
  return closed.promise
}
