/**
 * How much a test tries whose worth grows with what it tries: fuzzing, kills, gigabytes, comparisons with another program.
 *
 * @param thoroughly - with `npm run test:thorough`, which takes its time
 * @param usually - when a file of tests is run by itself, to see whether it works
 */
export function amountOf<Amount>(amounts: { thoroughly: Amount; usually: Amount }): Amount {
  return process.env['DARKROOM_TESTS'] === 'thorough' ? amounts.thoroughly : amounts.usually
}

/** A test that `npm run test:thorough` alone has: it is slow, and what it shows is nearly shown by another of the same file. */
export function itThoroughly(title: string, test: () => void | Promise<void>): void {
  if (process.env['DARKROOM_TESTS'] === 'thorough') it(title, test)
}

/**
 * Where the chance of a test begins: the same each time, so that a failure says something about the change that came before
 * it, unless `DARKROOM_TESTS_SEED` is another.
 */
export function seedOf(usual: number): number {
  return Number(process.env['DARKROOM_TESTS_SEED'] ?? usual)
}
