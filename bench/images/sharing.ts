/** Has `workers` do all of `items`, each taking the next one as soon as it is free. */
export async function share<Item, Worker>(
  items: readonly Item[],
  workers: readonly Worker[],
  work: (item: Item, worker: Worker) => Promise<void>,
): Promise<void> {
  const left = items.values()
  await Promise.all(
    workers.map(async (worker) => {
      // Every worker reads from the one iterator, so that no item is done twice.
      for (const item of left) await work(item, worker)
    }),
  )
}
