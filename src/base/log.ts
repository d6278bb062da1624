/** What the gateway tells the person who runs it; `Core.Logger` of `@adobe/aio-sdk` is one. */
export interface Log {
  error: (message: string) => void
  warn: (message: string) => void
  info: (message: string) => void
  debug: (message: string) => void
}
