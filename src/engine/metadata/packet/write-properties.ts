import { escapeXml } from '../../../base/xml.ts'
import { type Packet, parsePacket, RDF } from './packet.ts'

/** The namespaces of properties that this room writes itself, by their usual prefix. */
const NAMESPACES = {
  dc: 'http://purl.org/dc/elements/1.1/',
  pdf: 'http://ns.adobe.com/pdf/1.3/',
  tiff: 'http://ns.adobe.com/tiff/1.0/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  xmpDM: 'http://ns.adobe.com/xmp/1.0/DynamicMedia/',
  xmpTPg: 'http://ns.adobe.com/xap/1.0/t/pg/',
} as const

type Value =
  | { readonly text: string | number | undefined }
  /** A text in the language that no other is known for. */
  | { readonly alt: string | undefined }
  | { readonly bag: readonly string[] }
  | { readonly seq: readonly string[] }
  /** A structure with fields of the property's namespace, or of none when a name has its own prefix. */
  | { readonly fields: Readonly<Record<string, string | number>> | undefined }

/** Properties to write; those without a value are left out. */
export type Properties = Readonly<Partial<Record<`${keyof typeof NAMESPACES}:${string}`, Value>>>

/** Writes properties as a packet. */
export function writeProperties(properties: Properties): Packet {
  const elements = Object.entries(properties).flatMap(([name, value]) => {
    const content = value && writeValue(value)
    return content ? [`<${name}>${content}</${name}>`] : []
  })
  const declarations = Object.entries(NAMESPACES)
    .filter(([prefix]) => elements.some((element) => element.includes(`<${prefix}:`)))
    .map(([prefix, namespace]) => ` xmlns:${prefix}="${namespace}"`)
  // What a struct is written with stands for all of its fields.
  const structures = elements.some((element) => element.includes('<stDim:'))
    ? ' xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#"'
    : ''
  return parsePacket(
    `<rdf:RDF xmlns:rdf="${RDF}"><rdf:Description rdf:about=""${declarations.join('')}${structures}>${elements.join('')}</rdf:Description></rdf:RDF>`,
  )
}

function writeValue(value: Value): string {
  if ('alt' in value) {
    const text = clean(value.alt)
    return text && `<rdf:Alt><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt>`
  }
  if ('bag' in value) return writeList('Bag', value.bag)
  if ('seq' in value) return writeList('Seq', value.seq)
  if ('text' in value) return clean(value.text)
  const fields = Object.entries(value.fields ?? {}).map(
    ([name, text]) => `<${name}>${clean(text)}</${name}>`,
  )
  return fields.length === 0 ? '' : `<rdf:Description>${fields.join('')}</rdf:Description>`
}

function writeList(container: 'Bag' | 'Seq', texts: readonly string[]): string {
  const items = texts.map(clean).filter((text) => text !== '')
  if (items.length === 0) return ''
  return `<rdf:${container}>${items.map((text) => `<rdf:li>${text}</rdf:li>`).join('')}</rdf:${container}>`
}

function clean(text: string | number | undefined): string {
  return escapeXml(String(text ?? '').trim())
}
