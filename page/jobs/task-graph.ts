/** What the layout has to know of a task. */
export interface GraphTask {
  readonly id: string
  readonly depends_on_task_ids: readonly string[]
}

/** Where the box of a task is: columns from the left, and rows from the top, which may be between two others. */
export interface GraphBox {
  readonly id: string
  readonly column: number
  readonly row: number
}

/** The tasks of a job, each to the right of those that it needs. */
export interface TaskGraph {
  readonly boxes: readonly GraphBox[]
  /** From the box of a task to those of the tasks that need it. */
  readonly lines: readonly { readonly from: GraphBox; readonly to: GraphBox }[]
  readonly columns: number
  /** How many rows there are, the last of which may be begun only. */
  readonly rows: number
}

/**
 * Lays out the tasks of a job: the column of each says how many others have to go before it, one after the other; within its
 * column it stands beside the middle of what it needs, as far as there is room. What is needed and not in the job counts for
 * nothing.
 */
export function layOutTasks(tasks: readonly GraphTask[]): TaskGraph {
  const columns = columnsOf(tasks)
  const boxes = new Map<string, GraphBox>()
  const byColumn = Map.groupBy(tasks, ({ id }) => columns.get(id) ?? 0)
  for (const column of [...byColumn.keys()].toSorted((one, other) => one - other)) {
    const wanting = (byColumn.get(column) ?? []).map((task, index) => ({
      id: task.id,
      wanted: middleOf(task, boxes) ?? index,
    }))
    let free = 0
    for (const { id, wanted } of wanting.toSorted((one, other) => one.wanted - other.wanted)) {
      const row = Math.max(wanted, free)
      free = row + 1
      boxes.set(id, { id, column, row })
    }
  }
  const inOrder = tasks.flatMap(({ id }) => boxes.get(id) ?? [])
  return {
    boxes: inOrder,
    lines: tasks.flatMap((task) => {
      const to = boxes.get(task.id)
      const needed = new Set(task.depends_on_task_ids)
      return Array.from(needed, (id) => boxes.get(id)).flatMap((from) =>
        from === undefined || to === undefined ? [] : [{ from, to }],
      )
    }),
    columns: Math.max(0, ...inOrder.map(({ column }) => column + 1)),
    rows: Math.max(0, ...inOrder.map(({ row }) => row + 1)),
  }
}

/** The middle of the rows of what a task needs. */
function middleOf(
  { depends_on_task_ids: needed }: GraphTask,
  boxes: ReadonlyMap<string, GraphBox>,
): number | undefined {
  const rows = needed.flatMap((id) => boxes.get(id)?.row ?? [])
  return rows.length === 0 ? undefined : (Math.min(...rows) + Math.max(...rows)) / 2
}

function columnsOf(tasks: readonly GraphTask[]): ReadonlyMap<string, number> {
  const byId = new Map(tasks.map((task) => [task.id, task]))
  const columns = new Map<string, number>()
  // Tasks in a circle, which the service does not take, must not hang the page.
  const visiting = new Set<string>()

  function columnOf(task: GraphTask): number {
    const known = columns.get(task.id)
    if (known !== undefined) return known
    visiting.add(task.id)
    const before = task.depends_on_task_ids.flatMap((id) => {
      const needed = byId.get(id)
      return needed === undefined || visiting.has(id) ? [] : [columnOf(needed) + 1]
    })
    visiting.delete(task.id)
    const column = Math.max(0, ...before)
    columns.set(task.id, column)
    return column
  }

  for (const task of tasks) columnOf(task)
  return columns
}
