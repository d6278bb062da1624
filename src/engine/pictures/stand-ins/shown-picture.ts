import { identifyContent, START_BYTES } from '../../../sources/identify.ts'
import { findSourceFormat } from '../source-formats.ts'

/** Whether a picture that is carried is of a format that pictures are made of, without another in its place. */
export async function isShownPicture(picture: Buffer): Promise<boolean> {
  const format = findSourceFormat(await identifyContent(picture.subarray(0, START_BYTES)))
  return format !== undefined && format.standIn === undefined
}
