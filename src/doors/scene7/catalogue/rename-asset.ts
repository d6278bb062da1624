import type { ChangedAsset } from './asset-changes.ts'
import type { AssetRow } from './asset-rows.ts'
import type { CatalogueWriting } from './catalogue-tables.ts'

/**
 * Gives an asset another name, in the catalogue and in all sets that it is a member of.
 *
 * @param row - as it is kept
 * @returns the names of the sets
 */
export async function renameAsset(
  tables: CatalogueWriting,
  row: AssetRow,
  { name: to, now }: Pick<ChangedAsset, 'name' | 'now'>,
): Promise<readonly string[]> {
  const { company, name, file, revision } = row
  // Two rows cannot have one file, not even for the moment in which crops and members go from one to the other.
  const copy = { ...row, name: to, file: null, modified: now, revision: revision + 1 }
  await tables.insertInto('assets').values(copy).execute()
  for (const table of ['crops', 'members'] as const) {
    await tables
      .updateTable(table)
      .set({ asset: to })
      .where('company', '=', company)
      .where('asset', '=', name)
      .execute()
  }
  await tables
    .deleteFrom('assets')
    .where('company', '=', company)
    .where('name', '=', name)
    .execute()
  await tables
    .updateTable('assets')
    .set({ file })
    .where('company', '=', company)
    .where('name', '=', to)
    .execute()
  const called = [name, `${company}/${name}`]
  const sets = await tables
    .updateTable('assets')
    .set(({ eb }) => ({ modified: now, revision: eb('revision', '+', 1) }))
    .where('company', '=', company)
    .where('name', 'in', (eb) =>
      eb
        .selectFrom('members')
        .select('asset')
        .where('company', '=', company)
        .where((each) => each.or([each('member', 'in', called), each('swatch', 'in', called)])),
    )
    .returning('name')
    .execute()
  for (const column of ['member', 'swatch'] as const) {
    await tables
      .updateTable('members')
      .set({ [column]: to })
      .where('company', '=', company)
      .where(column, 'in', called)
      .execute()
  }
  return sets.map((set) => set.name)
}
