import { parseXmlInTurns, type XmlElement } from '../../upload/xml-element.ts'
import { IpsFault } from '../ips-fault.ts'

/** The namespace of SOAP 1.1. */
export const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/'

/** What a message has. */
export interface Envelope {
  readonly headers: readonly XmlElement[]
  /** What is asked for. */
  readonly content: XmlElement
}

/**
 * Reads a message of SOAP 1.1; a long one does not keep others waiting.
 *
 * @throws {@link IpsFault} `invalidXml`
 */
export async function readEnvelope(text: string): Promise<Envelope> {
  const root = await parse(text)
  if (root.name !== 'Envelope' || root.namespace !== ENVELOPE) {
    throw new IpsFault(
      'invalidXml',
      `A request must be an Envelope of SOAP 1.1, in the namespace ${ENVELOPE}; this one is ${JSON.stringify(root.name.slice(0, 60))} in ${JSON.stringify(root.namespace.slice(0, 100))}.`,
    )
  }
  const within = root.children.filter(({ namespace }) => namespace === ENVELOPE)
  const bodies = within.filter(({ name }) => name === 'Body')
  const [content, second] = bodies.flatMap(({ children }) => children)
  if (!content || second || bodies.length !== 1) {
    throw new IpsFault('invalidXml', 'An Envelope must have one Body with one element in it.')
  }
  const headers = within.filter(({ name }) => name === 'Header').flatMap((each) => each.children)
  return { headers, content }
}

/** Writes a message, of elements that are written already. */
export function writeEnvelope(content: string, header = ''): string {
  const headers = header === '' ? '' : `<soapenv:Header>${header}</soapenv:Header>`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="${ENVELOPE}">${headers}<soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>\n`
}

async function parse(text: string): Promise<XmlElement> {
  try {
    return await parseXmlInTurns(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new IpsFault(
      'invalidXml',
      `A request must be well-formed XML without a document type: ${why.slice(0, 300)}.`,
      { cause: error },
    )
  }
}
