import type { XmlElement } from '../upload/xml-element.ts'
import { type FieldSelection, selectFields } from './field-selection.ts'
import type { Handler, Handlers, IpsCall } from './ips-call.ts'
import { IpsFault } from './ips-fault.ts'
import { UNDATED } from './ips-namespaces.ts'
import { readTakes } from './schema/read-struct.ts'
import { isOperationName, type OperationName, SIGNATURES } from './schema/signatures.ts'
import { writeReturn } from './schema/write-struct.ts'
import { type Directory, type IpsUser, membershipIn } from './users/directory.ts'
import { mayCall } from './users/roles.ts'

/** The members that several operations have for who it is that works, and where. */
interface Scope extends FieldSelection {
  readonly companyHandle?: string | undefined
  readonly accessUserHandle?: string | undefined
  readonly accessGroupHandle?: string | undefined
}

/** Runs operations. */
export interface OperationRunner {
  /**
   * @param content - of the body: `…Param` of an operation
   * @param call - who calls
   * @returns `…Return` of the operation, written
   * @throws {@link IpsFault}
   */
  readonly run: (content: XmlElement, call: Omit<IpsCall, 'company'>) => Promise<string>
}

/** Makes what runs operations after it has checked that the caller may have them run. */
export function createOperationRunner(handlers: Handlers, directory: Directory): OperationRunner {
  /** Whose rights hold, which an administrator may say. */
  async function actingUser(
    user: IpsUser,
    { accessUserHandle, accessGroupHandle }: Scope,
  ): Promise<IpsUser> {
    if (accessGroupHandle !== undefined) {
      throw new IpsFault(
        'illegalGroup',
        'There are no groups here, so there must be no accessGroupHandle.',
      )
    }
    if (accessUserHandle === undefined) return user
    const acting = await directory.find(accessUserHandle)
    if (acting?.handle === user.handle) return user
    if (!user.isAdmin) {
      throw new IpsFault(
        'noImpersonationPermission',
        `${user.email} may not work as somebody else: an accessUserHandle is for administrators.`,
      )
    }
    if (acting) return acting
    throw new IpsFault(
      'illegalUser',
      `There is no user with the handle ${JSON.stringify(accessUserHandle.slice(0, 60))}.`,
    )
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what is read, done and written is of one operation
  async function runOne<Name extends OperationName>(
    name: Name,
    content: XmlElement,
    call: Omit<IpsCall, 'company'>,
  ): Promise<string> {
    const handler: Handler<Name> = handlers[name]
    const takes = readTakes(name, content)
    const scope = scopeOf(takes)
    const user = await actingUser(call.user, scope)
    const membership =
      scope.companyHandle === undefined
        ? user.memberships[0]
        : membershipIn(user, scope.companyHandle)
    if (!membership) throw new IpsFault('invalidCompany', `${user.email} is in no company.`)
    if (!mayCall(membership.role, SIGNATURES[name].isFor)) {
      throw new IpsFault(
        'noOperationPermission',
        `${user.email} has no permission for the operation ${name}, being ${membership.role} in ${membership.company}.`,
      )
    }
    const wants = selectFields(name, scope)
    const gives = await handler(takes, { ...call, user, company: membership.company })
    return writeReturn(name, gives, { namespace: content.namespace || UNDATED, wants })
  }

  return {
    async run(content, call) {
      const name = /^(.+)Param$/.exec(content.name)?.[1] ?? ''
      if (isOperationName(name)) return runOne(name, content, call)
      throw new IpsFault(
        'exception',
        `${JSON.stringify(content.name.slice(0, 60))} asks for no operation of this service; those that there are have names such as checkLoginParam.`,
      )
    },
  }
}

function scopeOf(takes: object): Scope {
  return takes
}
