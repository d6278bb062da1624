/** Answers with `answer`, throws `failure`, or else tells what it was called with. */
export async function main(params: Record<string, unknown>): Promise<unknown> {
  const { answer, failure, ...rest } = params
  if (failure !== undefined) await Promise.reject(failure)
  console.log('called')
  return answer ?? { body: rest }
}
