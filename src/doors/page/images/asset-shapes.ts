import * as z from 'zod/mini'

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
