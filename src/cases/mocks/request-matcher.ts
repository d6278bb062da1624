import type { BodyMatcher } from './body.ts'
import { type MultiMapEntry, matchesPairs, matchesPattern, type Pattern } from './pattern.ts'

/** A request that a mocked host has got. */
export interface MockedRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
  /** Whether it came over TLS. */
  readonly secure: boolean
}

/** Whether a request is the one that an expectation is for. */
export type RequestMatcher = (request: MockedRequest) => boolean

/** Makes a matcher; whatever is not given matches everything. */
export function createRequestMatcher(expected: {
  method?: Pattern | undefined
  path?: Pattern | undefined
  queryStringParameters?: readonly MultiMapEntry[] | undefined
  headers?: readonly MultiMapEntry[] | undefined
  body?: BodyMatcher | undefined
  secure?: boolean | undefined
  not?: boolean | undefined
}): RequestMatcher {
  const { method, path, queryStringParameters = [], headers = [], body, secure } = expected
  return (request) =>
    (expected.not === true) !==
    ((method === undefined || matchesPattern(method, request.method)) &&
      (path === undefined || matchesPattern(path, request.path)) &&
      (secure === undefined || secure === request.secure) &&
      matchesPairs(queryStringParameters, request.query) &&
      matchesPairs(headers, request.headers) &&
      (body === undefined || body(request.body)))
}
