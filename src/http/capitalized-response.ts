import {
  type IncomingMessage,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http'

type HeaderList = OutgoingHttpHeaders | OutgoingHttpHeader[]

/**
 * An answer that has the names of its headers in their usual capitals. They mean nothing to HTTP, but something to
 * CloudConvert's client for Java, which looks for `Content-Type` letter by letter.
 */
export class CapitalizedResponse<
  Request extends IncomingMessage = IncomingMessage,
> extends ServerResponse<Request> {
  override writeHead(status: number, first?: string | HeaderList, second?: HeaderList): this {
    return typeof first === 'string'
      ? super.writeHead(status, first, capitalize(second))
      : super.writeHead(status, capitalize(first))
  }
}

function capitalize(headers: HeaderList | undefined): HeaderList | undefined {
  if (headers === undefined || Array.isArray(headers)) return headers
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name === 'etag' ? 'ETag' : name.replaceAll(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()),
      value,
    ]),
  )
}
