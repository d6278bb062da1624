import type { BuiltInWorker } from '../actions.ts'
import { ARCHIVE_INSTRUCTIONS, EXTRACT_INSTRUCTIONS } from './archive-instructions.ts'
import { CAPTURE_INSTRUCTIONS } from './capture-instruction.ts'
import { COMMAND_INSTRUCTIONS } from './command-instructions.ts'
import { DATA_INSTRUCTIONS } from './data-instructions.ts'
import { EVENT_INSTRUCTIONS } from './event-instructions.ts'
import { IMAGE_SERVING_INSTRUCTIONS } from './image-serving-instruction.ts'
import type { Instruction } from './instruction.ts'
import { ANY_METADATA, METADATA_INSTRUCTIONS } from './metadata-instructions.ts'
import { OFFICE_INSTRUCTIONS } from './office-instructions.ts'
import {
  ANY_COLORSPACE,
  ANY_OPTIMIZE,
  ANY_TARGET_SIZE,
  PDF_CHANGE_INSTRUCTIONS,
  PDF_COLORSPACE,
  PDF_OPTIMIZE,
  PDF_TARGET_SIZE,
} from './pdf-instructions.ts'
import { PICTURE_INSTRUCTIONS } from './picture-instructions.ts'
import { SOURCE_INSTRUCTIONS } from './source-instructions.ts'
import { TEXT_INSTRUCTIONS } from './text-instructions.ts'
import { VIDEO_INSTRUCTIONS, videoFit } from './video-instructions.ts'

/** All that our own workers understand, by its name. */
export const INSTRUCTIONS = {
  ...PICTURE_INSTRUCTIONS,
  ...IMAGE_SERVING_INSTRUCTIONS,
  ...SOURCE_INSTRUCTIONS,
  ...TEXT_INSTRUCTIONS,
  ...METADATA_INSTRUCTIONS,
  ...ARCHIVE_INSTRUCTIONS,
  ...VIDEO_INSTRUCTIONS,
  ...PDF_CHANGE_INSTRUCTIONS,
  ...OFFICE_INSTRUCTIONS,
  ...CAPTURE_INSTRUCTIONS,
  ...EXTRACT_INSTRUCTIONS,
  ...EVENT_INSTRUCTIONS,
  metadata: ANY_METADATA,
  optimize: ANY_OPTIMIZE,
  colorspace: ANY_COLORSPACE,
  targetSize: ANY_TARGET_SIZE,
} satisfies Readonly<Record<string, Instruction>>

/** A PDF is made of its source as well. */
const { required: _required, ...FILES_OF_PDF } = ARCHIVE_INSTRUCTIONS.files

/** What the action `pdf` reads. */
export const PDF_INSTRUCTIONS = {
  files: FILES_OF_PDF,
  password: SOURCE_INSTRUCTIONS.password,
  watermark: PICTURE_INSTRUCTIONS.watermark,
  ...PDF_CHANGE_INSTRUCTIONS,
  optimize: PDF_OPTIMIZE,
  quality: PICTURE_INSTRUCTIONS.quality,
  targetSize: PDF_TARGET_SIZE,
  colorspace: PDF_COLORSPACE,
}

/** What the action `video` reads of a rendition that plays. */
export const MOVIE_INSTRUCTIONS = {
  ...VIDEO_INSTRUCTIONS,
  width: PICTURE_INSTRUCTIONS.width,
  height: PICTURE_INSTRUCTIONS.height,
  fit: { ...PICTURE_INSTRUCTIONS.fit, schema: videoFit },
}

/** What each of our own workers reads, in the order in which it does. */
export const READ_BY: Readonly<Record<BuiltInWorker, Readonly<Record<string, Instruction>>>> = {
  worker: { ...EVENT_INSTRUCTIONS, ...SOURCE_INSTRUCTIONS, ...PICTURE_INSTRUCTIONS },
  document: { ...EVENT_INSTRUCTIONS, ...SOURCE_INSTRUCTIONS, ...TEXT_INSTRUCTIONS },
  metadata: {
    ...EVENT_INSTRUCTIONS,
    ...METADATA_INSTRUCTIONS,
    password: SOURCE_INSTRUCTIONS.password,
  },
  pdf: { ...EVENT_INSTRUCTIONS, ...PDF_INSTRUCTIONS },
  ocr: { ...EVENT_INSTRUCTIONS, ...PDF_INSTRUCTIONS, ...TEXT_INSTRUCTIONS },
  archive: {
    ...EVENT_INSTRUCTIONS,
    ...ARCHIVE_INSTRUCTIONS,
    ...EXTRACT_INSTRUCTIONS,
    password: SOURCE_INSTRUCTIONS.password,
  },
  video: { ...EVENT_INSTRUCTIONS, ...MOVIE_INSTRUCTIONS },
  office: {
    ...EVENT_INSTRUCTIONS,
    ...OFFICE_INSTRUCTIONS,
    password: SOURCE_INSTRUCTIONS.password,
  },
  capture: { ...EVENT_INSTRUCTIONS, ...CAPTURE_INSTRUCTIONS },
  command: { ...EVENT_INSTRUCTIONS, ...COMMAND_INSTRUCTIONS },
  data: { ...EVENT_INSTRUCTIONS, ...DATA_INSTRUCTIONS },
}
