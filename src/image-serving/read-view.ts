import type { View } from '../engine/layers/composition.ts'
import type { ColourProfile, Encoding } from '../engine/layers/encoding.ts'
import type { Catalogue, ServingAttributes } from './catalogue.ts'
import type { PixelType } from './colour.ts'
import { colour as colourArgument } from './commands/arguments.ts'
import { readValue } from './commands/command.ts'
import { COMMANDS } from './commands/commands.ts'
import { valueOf } from './commands/value-of.ts'
import { RequestError } from './request-error.ts'
import { SERVED_FORMATS, type ServedFormat } from './served-formats.ts'
import type { Settings } from './sort-commands.ts'
import { toRgba } from './to-rgba.ts'

/**
 * Reads what of the composite is shown, and how large.
 *
 * @param attributes - undefined for a nested request, whose picture keeps its size and its transparency
 * @throws {@link RequestError} when commands do not go together
 */
export function readView(settings: Settings, attributes: ServingAttributes | undefined): View {
  const width = valueOf(settings, COMMANDS.wid)
  const height = valueOf(settings, COMMANDS.hei)
  const scl = valueOf(settings, COMMANDS.scl)
  const fit = valueOf(settings, COMMANDS.fit)
  if (fit && scl === undefined && width === undefined && height === undefined) {
    throw new RequestError(`fit=${fit.mode} needs wid or hei, or both of them.`, 'fit')
  }
  if (fit && valueOf(settings, COMMANDS.req)?.kind.toLowerCase() === 'tmb') {
    throw new RequestError('fit cannot be used with req=tmb, whose pictures always fit.', 'fit')
  }
  const bgc = valueOf(settings, COMMANDS.bgc)
  const format = valueOf(settings, COMMANDS.fmt)
  const resMode = valueOf(settings, COMMANDS.resMode)
  return {
    width,
    height,
    factor: scl === undefined ? undefined : 1 / scl,
    fit,
    align: valueOf(settings, COMMANDS.align) ?? { x: 0, y: 0 },
    region: valueOf(settings, COMMANDS.rgn),
    part: valueOf(settings, COMMANDS.rect),
    density: valueOf(settings, COMMANDS.dpr) ?? 1,
    background: { ...toRgba(bgc ?? defaultBackground(attributes)), alpha: 255 },
    transparent: attributes === undefined || format?.transparent === true,
    resampling: resMode ?? readValue(COMMANDS.resMode, attributes?.resMode ?? 'sharp2'),
    within: attributes && { most: attributes.maxPix, byDefault: attributes.defaultPix },
  }
}

function defaultBackground(attributes: ServingAttributes | undefined) {
  const taken = colourArgument.take((attributes?.background ?? 'ffffff').split(','))
  return taken?.value ?? { type: 'gray' as const, components: [100], alpha: 1, ofSource: false }
}

/** Profiles that are there, by the names that requests have for them, in small letters. */
const PROFILES: ReadonlyMap<string, { readonly profile: string; readonly type: PixelType }> =
  new Map([
    ['srgb', { profile: 'srgb', type: 'rgb' }],
    ['srgb iec61966-2.1', { profile: 'srgb', type: 'rgb' }],
    ['p3', { profile: 'p3', type: 'rgb' }],
    ['display p3', { profile: 'p3', type: 'rgb' }],
    ['cmyk', { profile: 'cmyk', type: 'cmyk' }],
  ])

/**
 * Reads how the view becomes a file.
 *
 * @throws {@link RequestError} when commands do not go together
 */
export function readEncoding(settings: Settings, catalogue: Catalogue): Encoding {
  const { attributes } = catalogue
  const asked = valueOf(settings, COMMANDS.fmt)
  const format = asked?.format ?? 'jpeg'
  const quality = valueOf(settings, COMMANDS.qlt) ?? readValue(COMMANDS.qlt, attributes.jpegQuality)
  const kilobytes = valueOf(settings, COMMANDS.jpegSize) ?? 0
  const palette = valueOf(settings, COMMANDS.quantize)
  const profile = readProfile(settings, catalogue)
  const isMask = valueOf(settings, COMMANDS.req)?.kind.toLowerCase() === 'mask'
  const pixelType = profile?.type ?? asked?.pixelType ?? (isMask ? 'gray' : 'rgb')
  if (profile && asked?.pixelType !== undefined && asked.pixelType !== profile.type) {
    throw new RequestError(
      `icc is a profile of ${profile.type}, and fmt asks for ${asked.pixelType}: both must be the same.`,
      'icc',
    )
  }
  const served: ServedFormat = SERVED_FORMATS[format]
  if (profile && !served.pixelTypes.includes(profile.type)) {
    throw new RequestError(
      `icc is a profile of ${profile.type}, and fmt=${format} has ${served.pixelTypes.join(' and ')} only.`,
      'icc',
    )
  }
  if (palette?.palette === 'mac' && asked?.transparent) {
    throw new RequestError('quantize=mac cannot be used with an -alpha format.', 'quantize')
  }
  const isJpeg = format === 'jpeg' || format === 'pjpeg'
  return {
    format,
    pixelType,
    compression: asked?.compression ?? 'none',
    quality: quality.quality,
    fullChroma: quality.fullChroma,
    ...(isJpeg && kilobytes > 0 ? { mostBytes: Math.floor(kilobytes * 1024) } : {}),
    palette: {
      kind: palette?.palette ?? 'adaptive',
      diffused: palette?.diffused ?? true,
      colours: palette?.colours ?? 256,
      forced: (palette?.forced ?? []).map((hex) => ({
        red: Number.parseInt(hex.slice(0, 2), 16),
        green: Number.parseInt(hex.slice(2, 4), 16),
        blue: Number.parseInt(hex.slice(4, 6), 16),
      })),
    },
    resolution: valueOf(settings, COMMANDS.printRes),
    ...(profile ? { profile: profile.colours } : {}),
    embedProfile: valueOf(settings, COMMANDS.iccEmbed) ?? false,
  }
}

function readProfile(
  settings: Settings,
  catalogue: Catalogue,
): { readonly colours: ColourProfile; readonly type: PixelType } | undefined {
  const icc = valueOf(settings, COMMANDS.icc)
  if (!icc) return undefined
  const { iccRenderIntent = 'perceptual', iccBlackPoint = false } = catalogue.attributes
  const how = {
    intent: icc.intent ?? iccRenderIntent,
    blackPoint: icc.blackPoint ?? iccBlackPoint,
  }
  const added = catalogue.findProfile?.(icc.profile)
  if (added) {
    const { object: name, path: profile, version, pixelType: type } = added
    return { colours: { name, profile, version, ...how }, type }
  }
  const known = PROFILES.get(icc.profile.toLowerCase().replace(/^.*\//, ''))
  if (!known) {
    throw new RequestError(
      `icc=${icc.profile} is no profile that is there: sRGB, P3 and CMYK are, and those that are added as assets.`,
      'icc',
    )
  }
  const { profile, type } = known
  return { colours: { name: profile, profile, ...how }, type }
}
