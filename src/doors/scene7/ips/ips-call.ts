import type { Gives, OperationName, Takes } from './schema/signatures.ts'
import type { IpsUser } from './users/directory.ts'

/** Who calls an operation, and where. */
export interface IpsCall {
  /** Whose rights hold. */
  readonly user: IpsUser
  /** The company that it is about: the first of the user’s where an operation names none. */
  readonly company: string
  /** Of this service as the client has reached it, such as `https://localhost:9443`. */
  readonly origin: string
  /** Aborts when the client goes. */
  readonly signal: AbortSignal
}

/** What an operation does. It throws an {@link IpsFault} when it refuses. */
export type Handler<Name extends OperationName> = (
  takes: Takes<Name>,
  call: IpsCall,
) => Gives<Name> | Promise<Gives<Name>>

/** What the operations do: all that the WSDL has. */
export type Handlers = { readonly [Name in OperationName]: Handler<Name> }
