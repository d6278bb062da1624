import * as z from 'zod/mini'

/** A preset of a company, and what names it. */
export const listedPresetSchema = z.object({
  name: z.string(),
  commands: z.string(),
  /** In milliseconds of the epoch; none for one that every company has. */
  modified: z.optional(z.number()),
  /** The assets and other presets whose commands name it. */
  usedBy: z.object({ assets: z.array(z.string()), presets: z.array(z.string()) }),
})

/** `GET /images/presets/COMPANY`. */
export const presetListSchema = z.object({
  /** By name. */
  presets: z.array(listedPresetSchema),
  /** The names of some of the assets that can be looked at, to try presets on. */
  samples: z.array(z.string()),
})

/** `PUT /images/presets/COMPANY/NAME`. */
export const savedPresetSchema = z.object({
  commands: z.string({ error: 'commands must be those of the preset, as a text' }),
  /** What it was called before, when it gets another name. */
  before: z.optional(z.string({ error: 'before must be the name that it had' })),
})

/** See {@link listedPresetSchema}. */
export type ListedPreset = z.infer<typeof listedPresetSchema>

/** See {@link presetListSchema}. */
export type PresetList = z.infer<typeof presetListSchema>
