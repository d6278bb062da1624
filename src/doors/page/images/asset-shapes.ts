import * as z from 'zod/mini'
import { ASSET_TYPES } from '../../../contract/asset-types.ts'
import { workFileSchema } from '../work/work-shapes.ts'

/** `GET /images`: whose pictures are served here. */
export const imagesOverviewSchema = z.object({
  /** The company whose assets are found without its name. */
  company: z.string(),
  /** All that have assets, that one first. */
  companies: z.array(z.string()),
  /** The folder whose files are assets by their names, as a path on this machine. */
  mountedFolder: z.optional(z.string()),
})

/** See {@link imagesOverviewSchema}. */
export type ImagesOverview = z.infer<typeof imagesOverviewSchema>

/** An asset as the catalogue lists it. */
export const shownAssetSchema = z.object({
  company: z.string(),
  name: z.string(),
  /** Empty for the topmost. */
  folder: z.string(),
  type: z.enum(ASSET_TYPES),
  /** Whether its file is one of the mounted folder, which is not changed from here. */
  isMounted: z.boolean(),
  /** Of one that has a file; the size is in bytes. */
  file: z.optional(workFileSchema),
  /** In milliseconds of the epoch. */
  modified: z.number(),
  /** Another one whenever anything of it has changed. */
  version: z.string(),
  /** The assets that a set has, by their names. */
  members: z.array(z.string()),
})

/** See {@link shownAssetSchema}. */
export type ShownAsset = z.infer<typeof shownAssetSchema>

/** `GET /images/assets`: the assets of a folder, or of all of them that a text is looked for in. */
export const assetPageSchema = z.object({
  assets: z.array(shownAssetSchema),
  /** The folders in that folder, by their whole paths, and how many assets are in and below each. */
  folders: z.array(z.object({ path: z.string(), count: z.int() })),
  /** How many there are of the assets. */
  total: z.int(),
  /** Where those begin that come next; undefined when there are none. */
  next: z.optional(z.int()),
})

/** See {@link assetPageSchema}. */
export type AssetPage = z.infer<typeof assetPageSchema>

const SHARE = 'a number from 0 to 1, as a part of the picture'
const share = z.number(SHARE).check(z.gte(0, SHARE), z.lte(1, SHARE))
const PIXELS = 'a whole number of pixels from 1 to 5000'
const pixels = z.int(PIXELS).check(z.gte(1, PIXELS), z.lte(5000, PIXELS))
const CROP_NAME = 'a name of at most 100 letters, digits, spaces, "-" and "_"'

/** A part of a picture that has a name; its measures are parts of the picture, its size is in pixels. */
export const assetCropSchema = z
  .object(
    {
      name: z.string(CROP_NAME).check(z.regex(/^[\p{L}\p{N}_-][\p{L}\p{N}_ -]{0,99}$/u, CROP_NAME)),
      x: share,
      y: share,
      width: share,
      height: share,
      /** For which size it is meant. */
      forWidth: pixels,
      forHeight: pixels,
    },
    'an object with name, x, y, width, height, forWidth and forHeight',
  )
  .check(
    z.refine(
      ({ x, y, width, height }) =>
        // What a browser adds up of parts may be off by its rounding.
        width > 0 && height > 0 && x + width <= 1 + 1e-9 && y + height <= 1 + 1e-9,
      'a part that is within the picture',
    ),
  )

/** See {@link assetCropSchema}. */
export type AssetCrop = z.infer<typeof assetCropSchema>

/** `GET /images/crops`: the smart crops that an asset has without anybody having set them. */
export const foundCropsSchema = z.object({ crops: z.array(assetCropSchema) })

/** `GET /images/asset`: all that is known of an asset. */
export const assetDetailSchema = z.extend(shownAssetSchema, {
  crops: z.array(assetCropSchema),
  /** Commands that hold unless a request says otherwise, and those that hold whatever it says. */
  modifier: z.optional(z.string()),
  postModifier: z.optional(z.string()),
  /** The names of the sets that it is a member of. */
  usedIn: z.array(z.string()),
})

/** See {@link assetDetailSchema}. */
export type AssetDetail = z.infer<typeof assetDetailSchema>

const MOST_CROPS = 100
const MOST_MEMBERS = 1000
const CROPS = `an array of at most ${MOST_CROPS} crops, each of another name`
const MEMBERS = `an array of 1 to ${MOST_MEMBERS} names of assets`
const NAME = 'the name of an asset'
const FOLDER = 'a path such as summer/shoes'

const memberNames = z
  .array(z.string(NAME), MEMBERS)
  .check(z.minLength(1, MEMBERS), z.maxLength(MOST_MEMBERS, MEMBERS))

/** `PATCH /images/asset`: what is changed of an asset. */
export const assetPatchSchema = z.strictObject(
  {
    name: z.optional(z.string(NAME)),
    folder: z.optional(z.string(FOLDER)),
    crops: z.optional(
      z.array(assetCropSchema, CROPS).check(
        z.maxLength(MOST_CROPS, CROPS),
        z.refine((crops) => new Set(crops.map(({ name }) => name)).size === crops.length, CROPS),
      ),
    ),
    members: z.optional(memberNames),
  },
  'an object with name, folder, crops or members',
)

/** See {@link assetPatchSchema}. */
export type AssetPatch = z.infer<typeof assetPatchSchema>

/** `POST /images/sets`: assets that become a set. */
export const newSetSchema = z.strictObject(
  {
    company: z.string('the name of a company'),
    name: z.string(NAME),
    folder: z.string(FOLDER),
    members: memberNames,
  },
  'an object with company, name, folder and members',
)

/** See {@link newSetSchema}. */
export type NewSet = z.infer<typeof newSetSchema>
