import type { Catalogues } from '../catalogue/catalogues.ts'
import type { AnswerRequest } from '../serving/served-request.ts'
import { answerText, escapeXml, readFormat, writeCall } from './properties.ts'
import { describeCrop } from './set-answer.ts'

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
      return answerText(writeCall(request, Object.fromEntries(data)), format, 'no-cache')
    }
    if (format === 'xml') {
      const lines = data.map(
        ([name, value]) => `  <property name="${name}" value="${escapeXml(value)}" />`,
      )
      const xml = `<?xml version="1.0" encoding="UTF-8" ?>\n<userdata>\n${lines.join('\n')}\n</userdata>\n`
      return answerText(xml, format, 'no-cache')
    }
    return answerText(
      `${data.map(([name, value]) => `${name}=${value}`).join('\r\n')}\r\n`,
      format,
      'no-cache',
    )
  }
}
