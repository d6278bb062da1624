import { escapeXml } from '../../../base/xml.ts'
import type { Catalogues } from '../catalogue/catalogues.ts'
import type { AnswerRequest } from '../serving/served-request.ts'
import { describeCrop } from './describe-set.ts'
import { answerText, readFormat, writeCall } from './properties.ts'

/**
 * Tells what is known of a smart crop, as AEM asks it of `asset:Name`; of whatever else there is no user data, which is no error
 * (r-userdata).
 */
export function createUserDataAnswer(catalogues: Catalogues): AnswerRequest {
  return (request) => {
    const format = readFormat(request, ['text', 'xml', 'json'])
    const crop = catalogues.find(request.company, request.object)?.crop
    const data = Object.entries(crop ? describeCrop(crop) : {})
    if (format === 'json') {
      return answerText(
        writeCall(request, Object.fromEntries(data)),
        format,
        request.catalogue.attributes.expirations.others,
      )
    }
    if (format === 'xml') {
      const lines = data.map(
        ([name, value]) => `  <property name="${name}" value="${escapeXml(value)}" />`,
      )
      const xml = `<?xml version="1.0" encoding="UTF-8" ?>\n<userdata>\n${lines.join('\n')}\n</userdata>\n`
      return answerText(xml, format, request.catalogue.attributes.expirations.others)
    }
    return answerText(
      `${data.map(([name, value]) => `${name}=${value}`).join('\r\n')}\r\n`,
      format,
      request.catalogue.attributes.expirations.others,
    )
  }
}
