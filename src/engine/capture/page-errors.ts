import { nameUrl } from '../../base/redact.ts'

/** Chromium's names of what may be wrong with a connection, and what that means. */
const PROBLEMS: Readonly<Record<string, string>> = {
  ERR_ABORTED: 'it is a file to be saved, and not a page',
  ERR_INVALID_RESPONSE: 'its server does not speak HTTP',
  ERR_EMPTY_RESPONSE: 'its server answered nothing',
  ERR_CONNECTION_RESET: 'the connection broke',
  ERR_CONNECTION_CLOSED: 'the connection broke',
  ERR_TUNNEL_CONNECTION_FAILED: 'there is no connection',
  ERR_TOO_MANY_REDIRECTS: 'it redirects again and again',
  ERR_UNSAFE_REDIRECT: 'it redirects to a URL that is not of the web',
  ERR_UNSAFE_PORT: 'its port is one that no web page is at',
  ERR_BLOCKED_BY_RESPONSE: 'its server does not let it be shown',
  ERR_SSL_PROTOCOL_ERROR: 'its server does not speak TLS',
  ERR_CERT_DATE_INVALID: 'its certificate has expired',
  ERR_CERT_COMMON_NAME_INVALID: 'its certificate is for another host',
  ERR_CERT_AUTHORITY_INVALID: 'its certificate is of an authority that is not trusted',
}

/** A page that Chromium could not open. */
export class PageUnreachable extends Error {
  readonly place: string
  /** Completes the sentence "… could not be opened: …". */
  readonly problem: string
  /** The URL itself. */
  readonly at: string

  constructor(at: string, code: string) {
    super(code)
    this.at = at
    this.place = nameUrl(at)
    this.problem = PROBLEMS[code] ?? `Chromium says ${code}`
  }
}

/** Chromium's name of what is wrong, in a message of it; undefined when it says none. */
export function netErrorOf(message: string): string | undefined {
  if (message.includes('Download is starting')) return 'ERR_ABORTED'
  return /net::(ERR_\w+)/.exec(message)?.[1]
}
