import { CURRENT_DATE, namespaceOf } from '../../doors/scene7/ips/ips-namespaces.ts'
import { readGives } from '../../doors/scene7/ips/schema/read-struct.ts'
import {
  type Gives,
  type OperationName,
  type Takes,
} from '../../doors/scene7/ips/schema/signatures.ts'
import { writeParam } from '../../doors/scene7/ips/schema/write-struct.ts'
import { readEnvelope, writeEnvelope } from '../../doors/scene7/ips/soap/envelope.ts'
import type { XmlElement } from '../../doors/scene7/upload/xml-element.ts'
import { fetchFrom } from './fetch-from.ts'
import { type Scene7Access, writeAuthHeader } from './scene7-access.ts'

/** Calls operations of IPS in a service that runs. */
export interface IpsClient {
  /** @throws {Error} one sentence: that of a fault, or that no service answers */
  readonly call: <Name extends OperationName>(
    name: Name,
    takes: Takes<Name>,
  ) => Promise<Gives<Name>>
}

const NAMESPACE = namespaceOf(CURRENT_DATE)

/** Makes a client; what it sends and reads is of the very table that the service reads and writes by. */
export function createIpsClient(access: Scene7Access): IpsClient {
  return {
    async call(name, takes) {
      const message = writeEnvelope(writeParam(name, takes, NAMESPACE), writeAuthHeader(access))
      const response = await fetchFrom(access.origin, '/scene7/services/IpsApiService', {
        method: 'POST',
        headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${name}"` },
        body: message,
      })
      const answer = await readAnswer(response.status, await response.text(), `${name}Return`)
      return readGives(name, answer)
    },
  }
}

/** @throws {Error} with the reason of a fault */
async function readAnswer(status: number, text: string, wanted: string): Promise<XmlElement> {
  const content = text.startsWith('<?xml') ? (await readEnvelope(text)).content : undefined
  if (content?.name === wanted) return content
  throw new Error(
    reasonOf(content) ?? `The service has no API of IPS: it answered ${status} to an operation.`,
  )
}

/** The reason is in an element of the detail, whose name is the kind of fault. */
function reasonOf(fault: XmlElement | undefined): string | undefined {
  const detail = fault?.children.find(({ name }) => name === 'detail')
  const [told] = detail?.children ?? []
  return told?.children.find(({ name }) => name === 'reason')?.text
}
