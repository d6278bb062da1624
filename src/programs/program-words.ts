/** What a program says, as far as it is kept. */
export interface ProgramWords {
  readonly add: (text: string) => void
  readonly text: () => string
}

/**
 * Keeps what a program says, without growing with one that complains of everything.
 *
 * @param options.first - as many characters are kept of its beginning
 * @param options.last - and as many of the end of what comes behind
 */
export function createProgramWords({
  first = 0,
  last = 0,
}: {
  readonly first?: number
  readonly last?: number
}): ProgramWords {
  let beginning = ''
  let end = ''
  return {
    add(text) {
      const room = first - beginning.length
      beginning += text.slice(0, room)
      end += text.slice(room)
      if (end.length > last) end = end.slice(end.length - last)
    },
    text: () => beginning + end,
  }
}
