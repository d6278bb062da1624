import type { ColumnDefinitionBuilder } from 'kysely'

type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder

/** There is always something. */
export const required: Column = (column) => column.notNull()

/** The key of the table. */
export const key: Column = (column) => column.notNull().primaryKey()

/** No two rows have the same. */
export const unique: Column = (column) => column.notNull().unique()

/** 0 unless it is told. */
export const zero: Column = (column) => column.notNull().defaultTo(0)

/** 1 unless it is told. */
export const one: Column = (column) => column.notNull().defaultTo(1)

/** Nothing unless it is told. */
export const empty: Column = (column) => column.notNull().defaultTo('')

/** Goes with the row that it refers to, if it refers to one. */
export const maybePartOf =
  (place: string): Column =>
  (column) =>
    column.references(place).onDelete('cascade')

/** Goes with the row that it refers to. */
export const partOf =
  (place: string): Column =>
  (column) =>
    column.notNull().references(place).onDelete('cascade')
