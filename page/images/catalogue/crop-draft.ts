import type { AssetCrop } from '../../../src/doors/page/images/asset-shapes.ts'
import { assetWords } from './asset-words.ts'
import { centredRect, ratioIn, reshapeRect, roundRect } from './crop-geometry.ts'

const words = assetWords.crops

/** A crop that is being drawn. */
export interface CropDraft {
  readonly crop: AssetCrop
  /** Which of the crops it is to replace; undefined for a new one. */
  readonly of: number | undefined
  /** Whether its part has the shape of the size that it is for. */
  readonly keepsShape: boolean
}

/** A size in pixels. */
export interface PixelSize {
  readonly width: number
  readonly height: number
}

const NEW_SIZE = { forWidth: 600, forHeight: 600 }
const MOST_PIXELS = 5000

/** A new crop: a square in the middle, under a name that no other has. */
export function newDraft(crops: readonly AssetCrop[], picture: PixelSize): CropDraft {
  let number = 1
  while (crops.some(({ name }) => name === words.newName(number))) number += 1
  const { forWidth: width, forHeight: height } = NEW_SIZE
  const rect = centredRect(ratioIn({ width, height }, picture))
  return {
    crop: { name: words.newName(number), ...rect, ...NEW_SIZE },
    of: undefined,
    keepsShape: true,
  }
}

/** One that is there, to be changed; it keeps the shape that it is for when it has it. */
export function draftOf(
  crops: readonly AssetCrop[],
  at: number,
  picture: PixelSize,
): CropDraft | undefined {
  const crop = crops[at]
  if (crop === undefined) return undefined
  const ratio = ratioIn({ width: crop.forWidth, height: crop.forHeight }, picture)
  return { crop, of: at, keepsShape: Math.abs(crop.width / crop.height / ratio - 1) < 0.01 }
}

/** One that was found, as a new one to be set by hand. */
export function draftOfFound(crop: AssetCrop, picture: PixelSize): CropDraft | undefined {
  const draft = draftOf([crop], 0, picture)
  return draft && { ...draft, of: undefined }
}

/** The shape that the part of a draft has, in parts of the picture; undefined for any. */
export function ratioOf({ crop, keepsShape }: CropDraft, picture: PixelSize): number | undefined {
  const { forWidth: width, forHeight: height } = crop
  return keepsShape && isPixels(width) && isPixels(height)
    ? ratioIn({ width, height }, picture)
    : undefined
}

/** A draft that is for another size, or that keeps its shape or not; its part gets the shape that is wanted. */
export function reshapeDraft(
  draft: CropDraft,
  changes: {
    readonly forWidth?: number
    readonly forHeight?: number
    readonly keepsShape?: boolean
  },
  picture: PixelSize,
): CropDraft {
  const { keepsShape = draft.keepsShape, ...size } = changes
  const changed = { ...draft, keepsShape, crop: { ...draft.crop, ...size } }
  const ratio = ratioOf(changed, picture)
  return ratio === undefined
    ? changed
    : { ...changed, crop: { ...changed.crop, ...reshapeRect(changed.crop, ratio) } }
}

/** Why a draft cannot be kept, in a sentence; undefined when it can. */
export function problemOfDraft(
  { crop, of }: CropDraft,
  crops: readonly AssetCrop[],
): string | undefined {
  if (!/^[\p{L}\p{N}_-][\p{L}\p{N}_ -]{0,99}$/u.test(crop.name)) return words.wrongName
  if (crops.some(({ name }, at) => at !== of && name === crop.name)) return words.takenName
  return isPixels(crop.forWidth) && isPixels(crop.forHeight) ? undefined : words.wrongSize
}

/** The crops with a draft among them. */
export function withDraft(crops: readonly AssetCrop[], { crop, of }: CropDraft): AssetCrop[] {
  const kept = { ...crop, ...roundRect(crop) }
  return of === undefined ? [...crops, kept] : crops.toSpliced(of, 1, kept)
}

function isPixels(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MOST_PIXELS
}
