import { escapeXml } from '../../../base/xml.ts'
import type { Catalogues } from '../catalogue/catalogues.ts'
import type { AnswerRequest } from '../serving/served-request.ts'
import { describeRequestedSet, type SetTools } from './describe-set.ts'
import type { DescribedSet, SetItem, SetName } from './described-set.ts'
import { answerText, readFormat, writeCall } from './properties.ts'
import { writeSet } from './set-text.ts'

/** Tells the members of a set, or of a picture its smart crops (r-set, r-media-set-requests). */
export function createSetAnswer(tools: SetTools): AnswerRequest {
  return async (request) => {
    const format = readFormat(request, ['xml', 'json'])
    const set = await describeRequestedSet(tools, request)
    const text =
      format === 'json'
        ? writeCall(request, { set })
        : `<?xml version="1.0" encoding="UTF-8" ?>\n${writeSetXml(set)}\n`
    return answerText(text, format, request.catalogue.attributes.expirations.others)
  }
}

function writeSetXml({ pv, type, n, item }: DescribedSet): string {
  const items = [item].flat().map(writeItem)
  return `<set${attributes({ pv, type, n })}>\n${items.join('\n')}\n</set>`
}

function writeItem({ type, i = [], set, s, dx, dy, iv }: SetItem): string {
  const names = [i].flat().map((each) => writeName('i', each))
  const within = [...names, ...(set ? [writeSetXml(set)] : []), writeName('s', s)]
  return `  <item${attributes({ type, dx, dy, iv })}>${within.join('')}</item>`
}

function writeName(element: string, name: SetName): string {
  return `<${element}${attributes({ ...name })} />`
}

function attributes(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeXml(value)}"`))
    .join('')
}

/** Tells the members of a set as it is kept, or nothing of what is none (r-imageset-req). */
export function createImageSetAnswer(catalogues: Catalogues): AnswerRequest {
  return (request) => {
    const format = readFormat(request)
    const { others } = request.catalogue.attributes.expirations
    const members = catalogues.find(request.company, request.object)?.asset.members ?? []
    const text = writeSet(members)
    if (format === 'json') return answerText(writeCall(request, { imageset: text }), format, others)
    if (format === 'xml') {
      const xml = `<?xml version="1.0" encoding="UTF-8" ?>\n<imageset>${escapeXml(text)}</imageset>\n`
      return answerText(xml, format, others)
    }
    return answerText(`${text}\r\n`, format, others)
  }
}
