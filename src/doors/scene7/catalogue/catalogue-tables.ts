import type { AssetType } from '../../../contract/asset-types.ts'
import type { Database, Reading, Writing } from '../../../database/database.ts'

/**
 * Assets that are kept, what is known of those of a mounted folder, and presets. Times are milliseconds of the epoch; texts compare with
 * their letters as they are.
 */
export interface CatalogueTables {
  assets: {
    company: string
    name: string
    folder: string
    type: AssetType
    /** The name of the original among those that are kept. Null for one in a mounted folder, a set and a template. */
    file: string | null
    file_name: string | null
    media_type: string | null
    size: number | null
    modified: number
    width: number | null
    height: number | null
    resolution: number | null
    modifier: string | null
    post_modifier: string | null
    /** Counts every change. */
    revision: number
    /** Where the file has come from, for whoever must not keep it twice. */
    origin: string | null
  }
  crops: {
    company: string
    asset: string
    name: string
    x: number
    y: number
    width: number
    height: number
    for_width: number
    for_height: number
  }
  members: {
    company: string
    asset: string
    position: number
    member: string
    swatch: string | null
  }
  presets: {
    company: string
    /** The name in small letters, since names are not case-sensitive. */
    key: string
    name: string
    commands: string
    modified: number
  }
}

/** The database of the catalogue. */
export type CatalogueDatabase = Database<CatalogueTables>

/** Reads the catalogue. */
export type CatalogueReading = Reading<CatalogueTables>

/** Reads and changes the catalogue, within a transaction. */
export type CatalogueWriting = Writing<CatalogueTables>
