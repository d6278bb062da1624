import { type Compilable, type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'

/** What stands in a query for a value that is given when it is asked. */
export type Given<Values> = <Name extends keyof Values & string>(
  name: Name,
) => RawBuilder<Values[Name]>

/** A query that is asked often, with other values each time. */
export interface PreparedQuery<Tables, Values, Row> {
  readonly all: (tables: Tables, values: Values) => Promise<Row[]>
  readonly first: (tables: Tables, values: Values) => Promise<Row | undefined>
  /** How many rows were changed. */
  readonly count: (tables: Tables, values: Values) => Promise<number>
}

class Place {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/**
 * Makes a query that is built and compiled once for each kind of database, which takes more than asking a small one does.
 *
 * @param build - builds it of tables, with a place for each of the values
 */
export function prepareQuery<
  Tables extends Pick<Kysely<never>, 'getExecutor'>,
  Values extends Readonly<Record<string, unknown>>,
  Row,
>(
  build: (tables: Tables, given: Given<Values>) => Compilable<Row>,
): PreparedQuery<Tables, Values, Row> {
  /** By what is told of a kind of database. */
  const compiled = new WeakMap<object, CompiledQuery<Row>>()

  function ask(tables: Tables, values: Values) {
    const executor = tables.getExecutor()
    const known = compiled.get(executor.adapter)
    const query = known ?? build(tables, (name) => sql`${new Place(name)}`).compile()
    if (known === undefined) compiled.set(executor.adapter, query)
    const parameters = query.parameters.map((value) =>
      value instanceof Place ? values[value.name] : value,
    )
    return executor.executeQuery<Row>({ ...query, parameters })
  }

  return {
    all: async (tables, values) => (await ask(tables, values)).rows,
    first: async (tables, values) => (await ask(tables, values)).rows[0],
    count: async (tables, values) => Number((await ask(tables, values)).numAffectedRows ?? 0),
  }
}
