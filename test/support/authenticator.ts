import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

// A device with keys, as far as a server can tell: ES256, no attestation, and every lie a test needs.
type Options = { challenge: string, rp?: { id?: string }, rpId?: string, user?: { id: string } }
type Lies = { origin?: string, rpId?: string, counter?: number, unverified?: boolean, userHandle?: string | null, type?: string, signedBy?: KeyObject, crossOrigin?: boolean }

const ORIGIN = 'http://localhost'
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest()
const coded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

export class Authenticator {
  readonly id: Buffer
  readonly keys: { publicKey: KeyObject, privateKey: KeyObject }
  counter = 0
  handle = ''

  // Of another: the same keys in a second device.
  constructor(copied?: Authenticator) {
    this.id = copied?.id ?? randomBytes(32)
    this.keys = copied?.keys ?? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.handle = copied?.handle ?? ''
  }

  make({ challenge, rp, user }: Options, lies: Lies = {}) {
    this.handle = user!.id
    const { x, y } = this.keys.publicKey.export({ format: 'jwk' })
    const key = isoCBOR.encode(new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(x!, 'base64url')], [-3, Buffer.from(y!, 'base64url')]].map(([label, value]) =>
      [label as number, typeof value === 'number' ? value : new Uint8Array(value as Buffer)])))
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.id.length)
    const authData = Buffer.concat([this.#head(lies.rpId ?? rp!.id!, 0x40, lies), Buffer.alloc(16), length, this.id, key])
    const attestationObject = isoCBOR.encode(new Map<string, unknown>([['fmt', 'none'], ['attStmt', new Map()], ['authData', new Uint8Array(authData)]]) as never)
    return this.#answer({ clientDataJSON: coded(this.#client('webauthn.create', challenge, lies)), attestationObject: coded(attestationObject), transports: ['internal'] })
  }

  use({ challenge, rpId }: Options, lies: Lies = {}) {
    const head = this.#head(lies.rpId ?? rpId!, 0, lies)
    const client = this.#client('webauthn.get', challenge, lies)
    const signature = sign('sha256', Buffer.concat([head, sha256(client)]), lies.signedBy ?? this.keys.privateKey)
    const userHandle = lies.userHandle === null ? undefined : lies.userHandle ?? this.handle
    return this.#answer({ clientDataJSON: coded(client), authenticatorData: coded(head), signature: coded(signature), userHandle })
  }

  #head(rpId: string, flags: number, { counter = this.counter, unverified }: Lies) {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(rpId), Buffer.from([flags | 0x01 | (unverified ? 0 : 0x04)]), count])
  }

  #client(type: string, challenge: string, lies: Lies) {
    return Buffer.from(JSON.stringify({ type: lies.type ?? type, challenge, origin: lies.origin ?? ORIGIN, crossOrigin: lies.crossOrigin ?? false }))
  }

  #answer(response: object) {
    return JSON.stringify({ id: coded(this.id), rawId: coded(this.id), type: 'public-key', response, clientExtensionResults: {} })
  }
}
