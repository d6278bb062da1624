import * as z from 'zod/mini'
import type { Database } from '../../../home/database.ts'

/** Gives an asset another name, in the catalogue and in all sets that it is a member of. */
export type RenameAsset = (company: string, name: string, to: string) => Promise<void>

const fileSchema = z.object({ file: z.nullable(z.string()) })

/** @param now - the clock, in milliseconds of the epoch */
export function createRenaming(database: Database, now: () => number): RenameAsset {
  const select = database.prepare('SELECT file FROM assets WHERE company = ? AND name = ?')
  // Two rows cannot have one file, not even for the moment in which crops and members go from one to the other.
  const copy = database.prepare(`
    INSERT INTO assets (company, name, folder, type, file, file_name, media_type, size, modified, width, height, resolution,
      modifier, post_modifier, revision, origin)
    SELECT company, ?, folder, type, NULL, file_name, media_type, size, ?, width, height, resolution, modifier,
      post_modifier, revision + 1, origin
    FROM assets WHERE company = ? AND name = ?
  `)
  const moveCrops = database.prepare('UPDATE crops SET asset = ? WHERE company = ? AND asset = ?')
  const moveMembers = database.prepare(
    'UPDATE members SET asset = ? WHERE company = ? AND asset = ?',
  )
  const drop = database.prepare('DELETE FROM assets WHERE company = ? AND name = ?')
  const setFile = database.prepare('UPDATE assets SET file = ? WHERE company = ? AND name = ?')
  const touchSets = database.prepare(`
    UPDATE assets SET modified = ?1, revision = revision + 1
    WHERE company = ?2 AND name IN (
      SELECT asset FROM members WHERE company = ?2 AND (member IN (?3, ?4) OR swatch IN (?3, ?4))
    )
  `)
  const renameMembers = database.prepare(
    'UPDATE members SET member = ?1 WHERE company = ?2 AND member IN (?3, ?4)',
  )
  const renameSwatches = database.prepare(
    'UPDATE members SET swatch = ?1 WHERE company = ?2 AND swatch IN (?3, ?4)',
  )

  return (company, name, to) =>
    database.write(() => {
      const row = select.get(company, name)
      if (row === undefined) return
      const { file } = fileSchema.parse(row)
      copy.run(to, now(), company, name)
      moveCrops.run(to, company, name)
      moveMembers.run(to, company, name)
      drop.run(company, name)
      setFile.run(file, company, to)
      const withCompany = `${company}/${name}`
      touchSets.run(now(), company, name, withCompany)
      renameMembers.run(to, company, name, withCompany)
      renameSwatches.run(to, company, name, withCompany)
    })
}
