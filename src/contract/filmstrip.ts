import * as z from 'zod/mini'

/** The most pictures that are put side by side. */
const MOST_PICTURES = 100

const FILMSTRIP = `a number of pictures such as 8, or columns and rows such as "4x3", ${MOST_PICTURES} pictures at most`

const SHAPE = /^\s*(\d{1,3})\s*(?:[x×]\s*(\d{1,3})\s*)?$/i

/** How many pictures of a video are side by side, as people write it. */
export const filmstripSchema = z.union(
  [
    z.int().check(z.gte(1, { error: FILMSTRIP }), z.lte(MOST_PICTURES, { error: FILMSTRIP })),
    z.string().check(
      z.refine(
        (text) => {
          const { columns, rows } = toFilmstrip(text)
          return columns * rows >= 1 && columns * rows <= MOST_PICTURES
        },
        { error: FILMSTRIP },
      ),
    ),
  ],
  { error: FILMSTRIP },
)

/** What a text or a number that matches {@link filmstripSchema} means; columns and rows are 0 for what does not. */
export function toFilmstrip(filmstrip: number | string): { columns: number; rows: number } {
  const [, columns = '0', rows = '1'] = SHAPE.exec(String(filmstrip)) ?? []
  return { columns: Number(columns), rows: Number(rows) }
}
