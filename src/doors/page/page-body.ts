/** As much as the service takes with `POST /process`. */
export const PAGE_BODY = { mostBytes: 1024 * 1024 }
