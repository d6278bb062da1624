import type { Rendition, RenditionCallback, Source, WorkerParams } from '@adobe/asset-compute-sdk'
import type { Instruction, Instructions } from '../contract/instructions/instruction.ts'
import { PICTURE_INSTRUCTIONS } from '../contract/instructions/picture-instructions.ts'
import type { OutputFile } from '../engine/operation.ts'
import type { Box, Region } from '../engine/pictures/dimensions.ts'
import type { Resolution } from '../engine/pictures/headers/resolution.ts'
import type {
  Fit,
  Interest,
  PictureOptions,
  SourceSelection,
  Step,
} from '../engine/pictures/options.ts'
import { createPictures } from '../engine/pictures/pictures.ts'
import { readCommands } from './image-serving-commands.ts'
import type { LayOut } from './office-pages.ts'
import { readInstruction, readMaxPixels, readSelection } from './parameters.ts'
import { deliver, prepareJob, requireSource, startJob } from './rendition-job.ts'

/**
 * What instructions make of a picture: the settings of the engine, and its steps by their names. Each instruction makes
 * what no other makes, so that their order cannot matter.
 */
interface Outline extends Partial<Omit<PictureOptions, 'steps' | keyof SourceSelection>> {
  readonly crop?: Region | undefined
  readonly fit?: (Box & { readonly fit?: Fit; readonly keep?: Interest }) | undefined
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

function add(known: Outline, made: Outline): Outline {
  return {
    ...known,
    ...made,
    ...(made.fit && { fit: { ...known.fit, ...made.fit } }),
    ...(made.cap && { cap: { ...known.cap, ...made.cap } }),
    ...(made.encoder && { encoder: { ...known.encoder, ...made.encoder } }),
  }
}

/** One rendition that cannot be read fails by itself. */
function readEach<Value>(read: () => Value) {
  try {
    return { ok: true, value: read() } as const
  } catch (error) {
    return { ok: false, error } as const
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

/**
 * Makes a callback that makes pictures, with all that the instructions ask for done in one go from the source, so there
 * is nothing left to post-process.
 *
 * The SDK asks for one rendition at a time and uploads it before it asks for the next. The first call starts all of
 * them, so that the others are made while the first is on its way.
 *
 * @param layOut - what has pages only when a program has laid it out; everything is taken as it is unless given
 */
export function createPictureCallback(
  layOut: LayOut = async ({ path }) => path,
): RenditionCallback {
  // An activation is known by its params, the one object that all its calls get. A warm process may have several.
  const activations = new WeakMap<WorkerParams, readonly Promise<OutputFile>[]>()

  return async (source, rendition, params) => {
    const files = activations.get(params) ?? startActivation(source, rendition, params, layOut)
    activations.set(params, files)
    const file = files[rendition.index]
    if (file === undefined) throw new RangeError(`the request has no rendition ${rendition.index}`)
    await deliver(await file, rendition)
  }
}

function startActivation(
  source: Source | undefined,
  rendition: Rendition,
  params: WorkerParams,
  layOut: LayOut,
): readonly Promise<OutputFile>[] {
  const path = requireSource(source, 'An image rendition')
  const maxPixels = readMaxPixels(params)
  const pictures = createPictures({ maxPixels })
  const started = (async () => {
    const pagesPath = source === undefined ? path : await layOut(source, rendition, params)
    const job = prepareJob(rendition, [{ path: pagesPath }])
    const orders = params.renditions.map((instructions) => {
      return { instructions, commands: readEach(() => readCommands(instructions)) }
    })
    const plain = orders.filter(({ commands }) => commands.ok && commands.value === undefined)
    const made = startJob(
      pictures,
      job,
      plain.map(({ instructions }) => instructions),
      readPictureOptions,
    )
    return orders.map(async (order, index) => {
      const { instructions, commands } = order
      if (!commands.ok) throw commands.error
      if (commands.value === undefined) return made[plain.indexOf(order)]
      const { folder, signal } = job
      // Loaded only now: hardly any rendition has commands, and they are a quarter of all modules.
      const { makeByCommands } = await import('./image-serving-rendition.ts')
      const wanted = { commands: commands.value, instructions }
      return makeByCommands(pagesPath, wanted, { folder, index, maxPixels, signal })
    })
  })()
  const each = params.renditions.map(async (_, index) => {
    const file = await (await started)[index]
    if (file === undefined) throw new RangeError(`the request has no rendition ${index}`)
    return file
  })
  void Promise.allSettled(each)
  return each
}
