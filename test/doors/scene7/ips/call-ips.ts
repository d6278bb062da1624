import type { Hono } from 'hono'
import { UNDATED } from '../../../../src/doors/scene7/ips/ips-namespaces.ts'
import { parseXml, type XmlElement } from '../../../../src/doors/scene7/upload/xml-element.ts'
import type { HttpEnv } from '../../../../src/http/root-app.ts'

/** Where the operations are. */
export const SERVICE = 'https://localhost:9443/scene7/services/IpsApiService'

/** The namespace of the version that most tests speak. */
export const DATED = `${UNDATED}/2014-04-03`

/** The administrator of tests, as an `authHeader`. */
export const ADMIN = `<authHeader xmlns="${UNDATED}"><user>ann</user><password>p&lt;ss</password></authHeader>`

/** A message of SOAP 1.1. */
export function envelope(body: string, header: string = ADMIN): string {
  const namespace = 'http://schemas.xmlsoap.org/soap/envelope/'
  return `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="${namespace}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`
}

/** What an operation takes, in elements. */
export function param(operation: string, members = '', namespace: string = DATED): string {
  return `<${operation}Param xmlns="${namespace}">${members}</${operation}Param>`
}

/** What came back. */
export interface IpsAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** `…Return`, or the fault. */
  readonly content: XmlElement
}

/** Sends a message. */
export async function post(
  app: Hono<HttpEnv>,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<IpsAnswer> {
  const answer = await app.request(SERVICE, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/xml; charset=utf-8', ...headers },
  })
  const text = await answer.text()
  const content = parseXml(text).children[0]?.children[0]
  if (!content) throw new Error(`no message of SOAP: ${text}`)
  return { status: answer.status, headers: answer.headers, text, content }
}

/** Calls an operation, and gives back what it gave. */
export async function call(
  app: Hono<HttpEnv>,
  operation: string,
  members = '',
  header?: string,
): Promise<XmlElement> {
  const { status, content, text } = await post(app, envelope(param(operation, members), header))
  if (status !== 200 || content.name !== `${operation}Return`) throw new Error(text)
  return content
}

/** The element at a path below another. */
export function at(element: XmlElement, path: string): XmlElement | undefined {
  return path
    .split('/')
    .reduce<XmlElement | undefined>(
      (within, name) => within?.children.find((child) => child.name === name),
      element,
    )
}

/** The texts of all elements of a name in an element, in order. */
export function texts(element: XmlElement, name: string): string[] {
  return element.children.flatMap((child) =>
    child.name === name ? [child.text] : texts(child, name),
  )
}

/** Element, code and reason of a fault. */
export function faultOf({ content, text }: IpsAnswer): {
  readonly element: string
  readonly code: number
  readonly reason: string
} {
  const [detail] = at(content, 'detail')?.children ?? []
  if (content.name !== 'Fault' || !detail) throw new Error(`no fault: ${text}`)
  return {
    element: detail.name,
    code: Number(at(detail, 'code')?.text),
    reason: at(detail, 'reason')?.text ?? '',
  }
}
