/** What of a list is looked for. */
export interface SearchedFor {
  /** Words which all have to be there, in whatever case of the letters. */
  readonly text: string
  /** One of the states that the list knows, or '' for all. */
  readonly state: string
}

/** Whether anything is left out. */
export function isFiltered({ text, state }: SearchedFor): boolean {
  return state !== '' || text.trim() !== ''
}

/** Whether every word that is looked for is in what is told of something. */
export function hasWords(told: string, { text }: Pick<SearchedFor, 'text'>): boolean {
  const whole = told.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => whole.includes(word))
}
