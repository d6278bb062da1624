/** What comes behind a path such as `/is/image` in the target of a request. */
export interface RawTarget {
  /** The path, still encoded, without a slash at its beginning. */
  readonly path: string
  /** Behind the first `?`, as it was sent. */
  readonly query: string
}

/**
 * Splits the URL of a request by hand: a library that reads its query would cut nested requests at their `&`, and decode
 * what has to be split first.
 *
 * @param url - as the server has it, with the letters that it was sent with
 * @param mount - the path below which it is, such as `/is/image`
 */
export function splitTarget(url: string, mount: string): RawTarget {
  const pathAt = url.indexOf('/', url.indexOf('//') + 2)
  const target = pathAt === -1 ? '' : url.slice(pathAt)
  const queryAt = target.indexOf('?')
  const path = queryAt === -1 ? target : target.slice(0, queryAt)
  return {
    path: path.slice(mount.length).replace(/^\//, ''),
    query: queryAt === -1 ? '' : target.slice(queryAt + 1).replace(/#.*$/s, ''),
  }
}
