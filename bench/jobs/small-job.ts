/** The body of a job that the service does without any action. */
export function smallJob(): object {
  return {
    tasks: {
      import: { operation: 'import/raw', file: 'hello', filename: 'hello.txt' },
      export: { operation: 'export/url', input: 'import' },
    },
  }
}
