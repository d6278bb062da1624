import * as z from 'zod/mini'
import { colour } from '../../../image-serving/commands/arguments.ts'
import { readValue } from '../../../image-serving/commands/command.ts'
import { COMMANDS } from '../../../image-serving/commands/commands.ts'
import type { CompanyAttributes, CropProfile } from './attributes.ts'

/** Two whole numbers with a comma between them, as requests and Adobe's attributes have sizes. */
function sizeOf(expected: string, least: number) {
  return z.pipe(
    z.string().check(z.regex(/^ *\d{1,7} *, *\d{1,7} *$/, { error: expected })),
    z.pipe(
      z.transform((text: string) => {
        const [width = 0, height = 0] = text.split(',').map(Number)
        return { width, height }
      }),
      z
        .object({ width: z.number(), height: z.number() })
        .check(
          z.refine(({ width, height }) => Math.min(width, height) >= least, { error: expected }),
        ),
    ),
  )
}

/** A value that a command of requests would take. */
function valueOf(expected: string, read: (text: string) => unknown) {
  return z.string().check(
    z.refine(
      (text) => {
        try {
          return read(text) !== undefined
        } catch {
          return false
        }
      },
      { error: expected },
    ),
  )
}

const hoursError = 'a number of hours, 0 for none, or -1 for ever'
const hours = z
  .number({ error: hoursError })
  .check(z.refine((value) => value === -1 || value >= 0, { error: hoursError }))
const nameError = 'the name of an asset, or empty for none'
const object = z.string({ error: nameError }).check(z.maxLength(1000, { error: nameError }))

const cropsError =
  'an object of sizes such as "1200,800" by the names of crops, which have letters, digits, "-" and "_"'
const crops = z.record(
  z.string().check(z.regex(/^[\w-]{1,100}$/, { error: cropsError })),
  sizeOf('a size such as "1200,800"', 1),
  { error: cropsError },
)

const attributesError = 'an object with attributes of catalogues, such as MaxPix'

/** Schema of the attributes of one company, by Adobe's names and spelling; sizes, colours and the like are texts. */
export const attributesSchema = z.strictObject(
  {
    MaxPix: z.optional(sizeOf('a size such as "5000,5000", or "0,0" for any', 0)),
    DefaultPix: z.optional(sizeOf('a size such as "400,400", with 0 for any', 0)),
    DefaultThumbPix: z.optional(sizeOf('a size such as "100,100"', 1)),
    JpegQuality: z.optional(
      valueOf('a value of qlt such as "80,0"', (text) => readValue(COMMANDS.qlt, text)),
    ),
    BkgColor: z.optional(
      valueOf('a colour such as "ffffff"', (text) => colour.take(text.split(','))),
    ),
    ResMode: z.optional(
      valueOf('one of bilin, bicub, sharp2, bisharp', (text) => readValue(COMMANDS.resMode, text)),
    ),
    IccRenderIntent: z.optional(z.literal([0, 1, 2, 3], { error: '0, 1, 2 or 3' })),
    IccBlackPointCompensation: z.optional(z.literal([0, 1], { error: '0 or 1' })),
    DefaultImage: z.optional(object),
    DefaultImageMode: z.optional(z.literal([0, 1], { error: '0 or 1' })),
    ErrorImage: z.optional(object),
    ErrorDetail: z.optional(z.literal([0, 1, 2, 3], { error: '0, 1, 2 or 3' })),
    Expiration: z.optional(hours),
    DefaultExpiration: z.optional(hours),
    NonImgExpiration: z.optional(hours),
    SmartCrops: z.optional(crops),
  },
  { error: attributesError },
)

/** Schema of the file: the attributes of companies by their names; those of `default` hold for all of them. */
export const attributesFileSchema = z.record(z.string(), attributesSchema, {
  error: 'an object of attributes by the names of companies',
})

/** What is written of a company. */
export type WrittenAttributes = z.infer<typeof attributesSchema>

/** Puts what is written in place of what holds otherwise. */
export function applyAttributes(
  before: CompanyAttributes,
  written: WrittenAttributes,
): CompanyAttributes {
  const { SmartCrops } = written
  const { expirations } = before
  return {
    maxPix: written.MaxPix === undefined ? before.maxPix : limitless(written.MaxPix),
    defaultPix: written.DefaultPix ?? before.defaultPix,
    defaultThumbPix: written.DefaultThumbPix ?? before.defaultThumbPix,
    jpegQuality: written.JpegQuality ?? before.jpegQuality,
    background: written.BkgColor ?? before.background,
    resMode: written.ResMode ?? before.resMode,
    iccRenderIntent: toIntent(written.IccRenderIntent) ?? before.iccRenderIntent,
    iccBlackPoint:
      written.IccBlackPointCompensation === undefined
        ? before.iccBlackPoint
        : written.IccBlackPointCompensation === 1,
    defaultImage: written.DefaultImage ?? before.defaultImage,
    defaultImageMode: written.DefaultImageMode ?? before.defaultImageMode,
    errorImage: (written.ErrorImage ?? before.errorImage) || undefined,
    errorDetail: written.ErrorDetail ?? before.errorDetail,
    expirations: {
      pictures: toSeconds(written.Expiration) ?? expirations.pictures,
      defaultImages: toSeconds(written.DefaultExpiration) ?? expirations.defaultImages,
      others: toSeconds(written.NonImgExpiration) ?? expirations.others,
    },
    smartCrops: SmartCrops === undefined ? before.smartCrops : toProfiles(SmartCrops),
  }
}

/** By the numbers that catalogues have for them (r-iccrenderintent). */
const INTENTS = ['perceptual', 'relative', 'saturation', 'absolute'] as const

function toIntent(written: 0 | 1 | 2 | 3 | undefined): (typeof INTENTS)[number] | undefined {
  return written === undefined ? undefined : INTENTS[written]
}

/** 0 stands for any length. */
function limitless({ width, height }: { readonly width: number; readonly height: number }) {
  return { width: width || Number.MAX_SAFE_INTEGER, height: height || Number.MAX_SAFE_INTEGER }
}

function toSeconds(written: number | undefined): number | undefined {
  if (written === undefined) return undefined
  return written === -1 ? Number.POSITIVE_INFINITY : Math.round(written * 3600)
}

function toProfiles(written: z.infer<typeof crops>): readonly CropProfile[] {
  return Object.entries(written).map(([name, size]) => ({ name, ...size }))
}
