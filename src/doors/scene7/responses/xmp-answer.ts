import type { LayerFile } from '../../../engine/layers/view-order.ts'
import { MissingObjectError } from '../../../image-serving/request-error.ts'
import type { Catalogues } from '../catalogue/catalogues.ts'
import { findAssetFile } from '../serving/asset-files.ts'
import type { AnswerRequest } from '../serving/served-request.ts'
import { answerText } from './properties.ts'

/**
 * Reads the XMP of a file.
 *
 * @returns undefined when it has none
 * @throws {@link OperationError} when it cannot be read
 */
export type ReadXmp = (source: LayerFile, signal: AbortSignal) => Promise<string | undefined>

/** What is answered for a file without XMP: a packet that says nothing. */
const NOTHING =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" /></x:xmpmeta>\n'

/** Answers with the XMP of an asset (r-xmp). */
export function createXmpAnswer(catalogues: Catalogues, readXmp: ReadXmp): AnswerRequest {
  return async (request) => {
    const { company, object, signal } = request
    if (!catalogues.find(company, object)) throw new MissingObjectError(object)
    const { source } = findAssetFile(catalogues, company, object)
    const packet = await readXmp(source, signal)
    return answerText(packet ?? NOTHING, 'xml', request.catalogue.attributes.expirations.others)
  }
}
