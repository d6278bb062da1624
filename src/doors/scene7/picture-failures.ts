import type { OperationError, OptionNames } from '../../base/operation-error.ts'

/** What requests call the options that sentences of the engine name. */
const COMMAND_NAMES: OptionNames = {
  format: 'fmt',
  width: 'wid',
  height: 'hei',
  resample: 'scl',
  targetSize: 'jpegSize',
}

/** Tells why a picture could not be made, in the words of Image Serving. */
export function tellFailure(error: OperationError): string {
  const { code } = error
  if (code === 'source_no_picture') {
    return 'There is no picture of the asset, as pictures are made of no files of its kind; /is/content has the file as it is.'
  }
  return error.inWordsOf(COMMAND_NAMES)
}
