/** What this project uses of `@adobe/aio-sdk`, which ships no types. */
declare module '@adobe/aio-sdk' {
  export const Core: {
    /**
     * @param name - stands before every message
     * @param config.level - messages below it are not written
     */
    Logger: (
      name: string,
      config: { level: string },
    ) => Record<'error' | 'warn' | 'info' | 'debug', (message: string) => void>
  }
}
