import { ACCOUNT_SIGNATURES } from './account-signatures.ts'
import { ASSET_SIGNATURES } from './asset-signatures.ts'
import { JOB_SIGNATURES } from './job-signatures.ts'
import { type Member, readMembers } from './members.ts'
import type { Struct } from './types.ts'

/** Who may call an operation, from most to fewest (the page of each lists the roles). */
export type Callers = 'everybody' | 'submitters' | 'contributors' | 'editors'

/** The operations that the WSDL has: what each takes, what it gives, and who may call it. */
export const SIGNATURES = {
  ...ACCOUNT_SIGNATURES,
  ...ASSET_SIGNATURES,
  ...JOB_SIGNATURES,
} as const satisfies Readonly<
  Record<string, { readonly isFor: Callers; readonly takes: string; readonly gives: string }>
>

type Operations = typeof SIGNATURES

/** The name of an operation. */
export type OperationName = keyof Operations

/** What an operation takes, as it is when it was read. */
export type Takes<Name extends OperationName> = Struct<Operations[Name]['takes']>

/** What an operation gives. */
export type Gives<Name extends OperationName> = Struct<Operations[Name]['gives']>

/** @returns whether the WSDL has an operation of this name */
export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(SIGNATURES, name)
}

/** The members of what an operation takes or gives, in the order of the XSD. */
export function membersOfOperation(
  name: OperationName,
  side: 'takes' | 'gives',
): readonly Member[] {
  return readMembers(SIGNATURES[name][side])
}
