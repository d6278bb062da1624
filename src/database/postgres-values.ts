import { TypeOverrides, types } from 'pg'

/** How values are read: `int8` as a number, since times and numbers of rows are far below what that holds. */
export const POSTGRES_VALUES: TypeOverrides = new TypeOverrides()
POSTGRES_VALUES.setTypeParser(types.builtins.INT8, Number)
