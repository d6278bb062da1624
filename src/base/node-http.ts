/**
 * What processes of actions use of `node:http`. An import of that module reads each of its members, and one of them is all that
 * `fetch` is made of, which takes 20 ms of a cold start.
 */
export const { Agent, ClientRequest, request } = process.getBuiltinModule('node:http')
