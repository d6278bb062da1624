import assert from 'node:assert/strict'
import { constants } from 'node:fs'
import { type FileHandle, open, readdir, stat, unlink } from 'node:fs/promises'
import path from 'node:path'
import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2'

const { STATUS_CODE, OPEN_MODE } = ssh2.utils.sftp

/** An SFTP server of this machine with one user. */
export interface SftpServer {
  readonly port: number
  /** The public key of the host, as it goes over the wire. */
  readonly hostKey: Buffer
  close(): Promise<void>
}

/** Who may sign in: by a password, by one that is asked for, or by a key. */
export interface SftpUser {
  readonly username: string
  readonly password: string
  readonly publicKey: string
}

/** Serves a folder of this machine to one user. */
export async function openSftpServer(root: string, user: SftpUser): Promise<SftpServer> {
  const { private: privateKey } = ssh2.utils.generateKeyPairSync('ed25519')
  const key = ssh2.utils.parseKey(user.publicKey)
  const hostKey = ssh2.utils.parseKey(privateKey)
  assert.ok(!(key instanceof Error) && !(hostKey instanceof Error))
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (client) => {
    client.on('error', () => undefined)
    client.on('authentication', (context) => {
      if (context.username !== user.username) return context.reject()
      if (context.method === 'password' && context.password === user.password)
        return context.accept()
      if (context.method === 'publickey') {
        const isKnown = context.key.data.equals(key.getPublicSSH())
        const { signature, blob } = context
        const isSigned =
          signature === undefined || (blob && key.verify(blob, signature, context.hashAlgo))
        return isKnown && isSigned === true ? context.accept() : context.reject()
      }
      if (context.method === 'keyboard-interactive' && user.password.startsWith('typed')) {
        return context.prompt('Password:', ([answer]) =>
          answer === user.password ? context.accept() : context.reject(),
        )
      }
      return context.reject(['password', 'publickey', 'keyboard-interactive'])
    })
    client.on('session', (accept) => {
      accept().on('sftp', (begin) => serve(begin(), root))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address: unknown = server.address()
  assert.ok(typeof address === 'object' && address !== null && 'port' in address)
  return {
    port: Number(address.port),
    hostKey: hostKey.getPublicSSH(),
    close: async () => {
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function serve(sftp: SFTPWrapper, root: string): void {
  const handles = new Map<number, FileHandle | string[]>()
  let count = 0
  const fileOf = (handle: Buffer): FileHandle => {
    const found = handles.get(handle.readUInt32BE())
    assert.ok(found && !Array.isArray(found))
    return found
  }
  const remember = (what: FileHandle | string[]): Buffer => {
    const handle = Buffer.alloc(4)
    handle.writeUInt32BE((count += 1))
    handles.set(count, what)
    return handle
  }
  const answer = (id: number, work: () => Promise<void>) => {
    work().catch((error: unknown) => {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'ENOENT') sftp.status(id, STATUS_CODE.NO_SUCH_FILE, 'No such file')
      else sftp.status(id, STATUS_CODE.FAILURE, 'Failure')
    })
  }
  sftp.on('OPEN', (id, name, flags) =>
    answer(id, async () => {
      if (name.includes('forbidden')) {
        sftp.status(id, STATUS_CODE.PERMISSION_DENIED, 'Permission denied')
        return
      }
      const { O_CREAT, O_RDWR, O_TRUNC, O_RDONLY } = constants
      const isWritten = (flags & OPEN_MODE.WRITE) !== 0
      const isNew = (flags & OPEN_MODE.CREAT) !== 0
      const mode = isNew ? O_CREAT | O_TRUNC | O_RDWR : isWritten ? O_RDWR : O_RDONLY
      sftp.handle(id, remember(await open(path.join(root, name), mode)))
    }),
  )
  sftp.on('READ', (id, handle, offset, length) =>
    answer(id, async () => {
      const { buffer, bytesRead } = await fileOf(handle).read(
        Buffer.alloc(length),
        0,
        length,
        offset,
      )
      if (bytesRead === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.data(id, buffer.subarray(0, bytesRead))
    }),
  )
  sftp.on('WRITE', (id, handle, offset, data) =>
    answer(id, async () => {
      await fileOf(handle).write(data, 0, data.length, offset)
      sftp.status(id, STATUS_CODE.OK)
    }),
  )
  sftp.on('FSTAT', (id, handle) =>
    answer(id, async () => {
      const { mode, uid, gid, size, atimeMs, mtimeMs } = await fileOf(handle).stat()
      const [atime, mtime] = [Math.floor(atimeMs / 1000), Math.floor(mtimeMs / 1000)]
      sftp.attrs(id, { mode, uid, gid, size, atime, mtime })
    }),
  )
  sftp.on('STAT', (id, name) =>
    answer(id, async () => sftp.attrs(id, await attributesOf(path.join(root, name)))),
  )
  sftp.on('OPENDIR', (id, name) =>
    answer(id, async () => {
      const names = await readdir(path.join(root, name))
      sftp.handle(id, remember(names.map((entry) => path.join(root, name, entry))))
    }),
  )
  sftp.on('READDIR', (id, handle) =>
    answer(id, async () => {
      const paths = handles.get(handle.readUInt32BE())
      assert.ok(Array.isArray(paths))
      const entries = await Promise.all(
        paths.splice(0).map(async (file) => ({
          filename: path.basename(file),
          longname: path.basename(file),
          attrs: await attributesOf(file),
        })),
      )
      if (entries.length === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.name(id, entries)
    }),
  )
  sftp.on('REMOVE', (id, name) =>
    answer(id, async () => {
      await unlink(path.join(root, name))
      sftp.status(id, STATUS_CODE.OK)
    }),
  )
  sftp.on('CLOSE', (id, handle) =>
    answer(id, async () => {
      const found = handles.get(handle.readUInt32BE())
      handles.delete(handle.readUInt32BE())
      if (found && !Array.isArray(found)) await found.close()
      sftp.status(id, STATUS_CODE.OK)
    }),
  )
  // A connection that breaks closes nothing by itself.
  sftp.on('close', () => {
    for (const found of handles.values()) if (!Array.isArray(found)) void found.close()
  })
}

async function attributesOf(file: string): Promise<Attributes> {
  const { mode, uid, gid, size, atimeMs, mtimeMs } = await stat(file)
  const [atime, mtime] = [Math.floor(atimeMs / 1000), Math.floor(mtimeMs / 1000)]
  return { mode, uid, gid, size, atime, mtime }
}
