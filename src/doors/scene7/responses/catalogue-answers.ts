import { MissingObjectError } from '../../../image-serving/request-error.ts'
import type { Catalogues } from '../catalogue/catalogues.ts'
import type { AnswerRequest } from '../serving/served-request.ts'
import { answerProperties } from './properties.ts'

/** Tells whether an asset is there; that it is not is no error (r-exists). */
export function createExistsAnswer(catalogues: Catalogues, now: () => number): AnswerRequest {
  return (request) => {
    const { company, object } = request
    const exists = object !== '' && catalogues.find(company, object) !== undefined
    return answerProperties(request, [['catalogRecord.exists', exists ? '1' : '0']], {
      now: now(),
      keeping: request.catalogue.attributes.expirations.others,
    })
  }
}

/** Tells of the file of an asset at `/is/content` (r-props). */
export function createFilePropsAnswer(catalogues: Catalogues, now: () => number): AnswerRequest {
  return (request) => {
    const { company, object } = request
    const asset = catalogues.find(company, object)?.asset
    if (!asset?.original) throw new MissingObjectError(object)
    return answerProperties(
      request,
      [
        // Where the file is on this machine is nobody's business.
        ['path', asset.original.name],
        ['length', String(asset.original.size)],
        ['expiration', hours(request.catalogue.attributes.expirations.pictures)],
        ['lastModified', new Date(asset.modified).toISOString()],
        ['userType', asset.type],
      ],
      { now: now(), keeping: request.catalogue.attributes.expirations.others },
    )
  }
}

/** Tells what holds where a request says nothing (r-catalogprops). */
export function createCatalogPropsAnswer(now: () => number): AnswerRequest {
  return (request) => {
    const { attributes } = request.catalogue
    const { maxPix, defaultPix, defaultThumbPix, expirations } = attributes
    const [quality = '', fullChroma = '0'] = attributes.jpegQuality.split(',')
    return answerProperties(
      request,
      [
        ['catalog.bkgColor', attributes.background],
        ['catalog.defaultPix', `${defaultPix.width},${defaultPix.height}`],
        ['catalog.defaultThumbPix', `${defaultThumbPix.width},${defaultThumbPix.height}`],
        ['catalog.expiration', hours(expirations.pictures)],
        ['catalog.defaultExpiration', hours(expirations.defaultImages)],
        ['catalog.nonImgExpiration', hours(expirations.others)],
        ['catalog.jpegQuality', `${quality},${fullChroma}`],
        ['catalog.maxPix', `${maxPix.width},${maxPix.height}`],
        ['catalog.resMode', attributes.resMode],
        ['catalog.thumbBkgColor', attributes.background],
        ['catalog.thumbHorizAlign', 'center'],
        ['catalog.thumbVertAlign', 'center'],
        ['catalog.thumbType', 'fit'],
      ],
      { now: now(), keeping: expirations.others },
    )
  }
}

/** As attributes have a time: in hours, and -1 for ever. */
function hours(seconds: number): string {
  return Number.isFinite(seconds) ? String(seconds / 3600) : '-1'
}
