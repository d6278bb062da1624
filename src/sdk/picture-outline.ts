import type { Instruction, Instructions } from '../contract/instructions/instruction.ts'
import { PICTURE_INSTRUCTIONS } from '../contract/instructions/picture-instructions.ts'
import { SOURCE_INSTRUCTIONS } from '../contract/instructions/source-instructions.ts'
import type { Box, Region } from '../engine/pictures/dimensions.ts'
import type { Resolution } from '../engine/pictures/headers/resolution.ts'
import type { PictureOptions, SourceSelection, Step } from '../engine/pictures/options.ts'
import { readInstruction } from './read-instruction.ts'

/**
 * What instructions make of a picture: the settings of the engine, and its steps by their names. Each instruction makes
 * what no other makes, so that their order cannot matter.
 */
interface Outline extends Partial<Omit<PictureOptions, 'steps' | keyof SourceSelection>> {
  readonly crop?: Region | undefined
  readonly fit?: Box | undefined
  readonly resample?: Resolution | undefined
  readonly cap?: Box | undefined
}

interface PictureInstruction extends Instruction {
  makes(value: unknown): Outline
}

const INSTRUCTIONS: Readonly<Record<string, PictureInstruction>> = PICTURE_INSTRUCTIONS

/**
 * Reads what a picture shall be like from the instructions of a rendition. Fields it does not know it leaves to whoever
 * does.
 *
 * @throws {@link RenditionError} naming the first bad field, its value and what was expected
 */
export function readPictureOptions(instructions: Instructions): PictureOptions {
  const selection = readSelection(instructions)
  const outline = Object.entries(INSTRUCTIONS).reduce<Outline>((known, [name, instruction]) => {
    const value = readInstruction(name, instruction, instructions)
    return value === undefined ? known : add(known, instruction.makes(value))
  }, {})
  const { crop, fit, resample, cap, ...settings } = outline
  // fmt is not optional, so every outline that comes so far has its own.
  return {
    format: 'png',
    encoder: {},
    animated: false,
    ...settings,
    steps: toSteps({ crop, fit, resample, cap }),
    ...selection,
  }
}

/**
 * Reads `page` and `password` from the instructions of a rendition.
 *
 * @throws {@link RenditionError} naming what is wrong with which; never the password
 */
export function readSelection(instructions: Instructions): SourceSelection {
  const { page, password } = SOURCE_INSTRUCTIONS
  return {
    page: readInstruction('page', page, instructions) ?? page.default,
    password: readInstruction('password', password, instructions),
  }
}

function add(known: Outline, made: Outline): Outline {
  return {
    ...known,
    ...made,
    ...(made.fit && { fit: { ...known.fit, ...made.fit } }),
    ...(made.cap && { cap: { ...known.cap, ...made.cap } }),
    ...(made.encoder && { encoder: { ...known.encoder, ...made.encoder } }),
  }
}

/** In the order of Adobe's SDK (lib/postprocessing/image.js). */
function toSteps({ crop, fit, resample, cap }: Pick<Outline, Step['step']>): Step[] {
  return [
    ...(crop ? [{ step: 'crop', ...crop } as const] : []),
    ...(fit ? [{ step: 'fit', ...fit } as const] : []),
    ...(resample ? [{ step: 'resample', ...resample } as const] : []),
    ...(cap ? [{ step: 'cap', ...cap } as const] : []),
  ]
}
