/** The URL of a store of one's own, `https:` when it names no scheme; undefined when it is none. */
export function endpointUrl(endpoint: string): URL | undefined {
  const url = URL.parse(/^https?:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`)
  return url === null || url.search !== '' || url.hash !== '' || url.username !== ''
    ? undefined
    : url
}
