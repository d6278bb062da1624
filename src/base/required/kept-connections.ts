import { globalAgent } from 'node:https'

/**
 * Makes of a `fetch` that ends each connection after one request, as `node-fetch-npm` does unless it is given an agent, one that
 * keeps them as all of Node.js does.
 *
 * @param fetch - takes a URL and options; those for `http:` have connections of their own
 */
export function keepConnections(
  fetch: CallableFunction,
): (url: unknown, options?: object) => unknown {
  return (url, options) => {
    const isEncrypted = /^https:/i.test(String(url))
    const kept = isEncrypted ? { agent: globalAgent, ...options } : options
    return Reflect.apply(fetch, undefined, [url, kept])
  }
}
