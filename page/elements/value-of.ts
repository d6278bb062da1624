/** What is in the field that an event is of; empty where there is nothing. */
export function valueOf({ currentTarget }: Event): string {
  return currentTarget instanceof HTMLElement && 'value' in currentTarget
    ? String(currentTarget.value)
    : ''
}
