/**
 * Remembers how far down the page was at each entry of the browser's history, since the browser itself would scroll before
 * there is something to scroll to.
 *
 * @returns to be called when another entry has come: how far down the page was there, in pixels; undefined for a new one
 */
export function createScrollPlaces(): () => number | undefined {
  const places = new Map<unknown, number>()
  history.scrollRestoration = 'manual'
  mark()
  let entry: unknown = history.state
  return () => {
    places.set(entry, scrollY)
    mark()
    entry = history.state
    return places.get(entry)
  }
}

/** An entry that a link has made has no state yet. */
function mark(): void {
  if (history.state === null) history.replaceState(crypto.randomUUID(), '')
}
