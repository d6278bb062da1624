import type { FoundPrograms } from '../../../programs/programs.ts'
import type { InputFile } from '../tasks/input-file.ts'
import type { Converter } from './converter.ts'
import { DATA_CONVERTER } from './data-converter.ts'
import { MARKUP_CONVERTER } from './markup-converter.ts'
import { NO_CONVERTER } from './no-converter.ts'
import { MISSING_OFFICE, OFFICE_CONVERTER } from './office-converter.ts'
import { PAGE_CONVERTER } from './page-converter.ts'
import { PICTURE_CONVERTER } from './picture-converter.ts'
import { PLAIN_OFFICE_CONVERTER } from './plain-office-converter.ts'
import { VIDEO_CONVERTER } from './video-converter.ts'

/** All there are: the first that makes a format of a file is taken, and the last one makes whatever no other does. */
export const CONVERTERS: readonly Converter[] = [
  VIDEO_CONVERTER,
  PAGE_CONVERTER,
  DATA_CONVERTER,
  OFFICE_CONVERTER,
  PLAIN_OFFICE_CONVERTER,
  MARKUP_CONVERTER,
  MISSING_OFFICE,
  NO_CONVERTER,
  PICTURE_CONVERTER,
]

/** What makes a format of a file. */
export function converterOf(
  file: InputFile,
  outputFormat: string,
  programs: FoundPrograms,
): Converter {
  return CONVERTERS.find((each) => each.makes(file, outputFormat, programs)) ?? PICTURE_CONVERTER
}
