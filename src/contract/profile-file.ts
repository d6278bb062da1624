import * as z from 'zod/mini'

/** Schema of renditions as they are written into a file: an array of them, or an object with one. */
export const profileFileSchema = z.union(
  [
    z.array(z.looseObject({}, { error: 'an object' }), { error: 'an array of renditions' }),
    z.looseObject({
      renditions: z.array(z.looseObject({}, { error: 'an object' }), {
        error: 'an array of renditions',
      }),
    }),
  ],
  { error: 'an array of renditions, or an object with one' },
)
