import { isIP } from 'node:net'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { conflict, invalid } from '#app/problems.ts'
import { networkOf } from '#app/public/brake.ts'
import { BRAKES, countFailure, refuseGuessing, type Subject } from '#app/sessions/brake.ts'
import { CHALLENGE_SECONDS, giveChallenge, takeChallenge, type ChallengePurpose } from '#app/sessions/passkey-challenges.ts'
import { addPasskey, blockPasskey, demandHandle, demandRoom, handleOfUser, noteUse, passkeyByCredential, passkeysOf, type Passkey } from '#app/sessions/passkeys.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { getUser } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { transact, type Tx } from '#db/transaction.ts'

// Loaded when the first key is asked for: its memory is not taken where nobody uses one.
const webauthn = () => import('@simplewebauthn/server')

// ES256, EdDSA, RS256: what phones, computers and security keys make.
const ALGORITHMS = [-7, -8, -257]

// Under which address people know us. A key belongs to the name in it, so that no other site can ask for it.
export type Site = { rpId: string, origin: string }

// A key needs a name and a line that nobody listens on; of plain http that is this machine alone. Undefined: keys are not offered.
export function siteOf(address: string): Site | undefined {
  const { protocol, hostname, origin } = new URL(address)
  const isSafe = protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')
  return isSafe && isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? { rpId: hostname, origin } : undefined
}

const binary = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
const seconds = CHALLENGE_SECONDS * 1000
type From = { site: Site, address: string }
type Asked<O> = { id: string, options: O }

export async function askForNewKey(db: Db, actor: Actor, { site, address }: From) {
  demandRoom(db, actor.id)
  const { username, name } = getUser(db, actor.id)
  const handle = transact(db, actor, demandHandle)
  const { id, challenge } = giveChallenge(db, { purpose: 'registration', userId: actor.id, address })
  const { generateRegistrationOptions } = await webauthn()
  const options = await generateRegistrationOptions({
    rpName: 'SIKS', rpID: site.rpId, userName: username, userDisplayName: name, userID: binary(handle), challenge: binary(challenge), timeout: seconds,
    attestationType: 'none', supportedAlgorithmIDs: ALGORITHMS, excludeCredentials: passkeysOf(db, actor.id).map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return { id, options } satisfies Asked<typeof options>
}

// userId: whose keys alone count. Without it the device says who it is.
export async function askForKey(db: Db, { purpose, userId, site, address }: From & { purpose: ChallengePurpose, userId?: string }) {
  const { id, challenge } = giveChallenge(db, { purpose, userId, address })
  const { generateAuthenticationOptions } = await webauthn()
  const own = userId ? passkeysOf(db, userId).filter(({ blockedAt, rpId }) => !blockedAt && rpId === site.rpId) : undefined
  const options = await generateAuthenticationOptions({
    rpID: site.rpId, challenge: binary(challenge), timeout: seconds, userVerification: 'required',
    allowCredentials: own?.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
  })
  return { id, options } satisfies Asked<typeof options>
}

type Answered<R> = { site: Site, challengeId?: string, response: R }

// What the device made, checked; `keep` writes it in the transaction of whoever asks.
export async function readNewKey(db: Db, actor: Actor, { site, challengeId, response, name }: Answered<RegistrationResponseJSON> & { name: string }): Promise<(tx: Tx) => void> {
  const expectedChallenge = takeChallenge(db, challengeId, { purpose: 'registration', userId: actor.id })
  const { verifyRegistrationResponse } = await webauthn()
  const { registrationInfo } = await verifyRegistrationResponse({
    response, expectedChallenge, expectedOrigin: site.origin, expectedRPID: site.rpId, requireUserVerification: true, supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => ({ registrationInfo: undefined }))
  if (!registrationInfo) throw conflict('Kunci perangkat ini tidak bisa dipakai di sini. Coba lagi, atau pakai perangkat lain.')
  const { credential, credentialBackedUp } = registrationInfo
  return (tx) => addPasskey(tx, {
    id: crypto.randomUUID(), credentialId: credential.id, publicKey: Buffer.from(credential.publicKey), counter: credential.counter,
    transports: response.response.transports ?? [], rpId: site.rpId, backedUp: credentialBackedUp, name,
  })
}

export type KeyAnswer = Answered<AuthenticationResponseJSON> & { purpose: ChallengePurpose, userId?: string, address: string }

// Whose key this was. It was unlocked by finger, face or PIN, so it is worth both a password and a code. Refusals count as wrong
// codes do, for the address and for the owner.
export async function proveByPasskey(db: Db, { site, challengeId, response, purpose, userId, address }: KeyAnswer, now = Date.now()): Promise<string> {
  const byAddress: Subject = { brake: 'address', of: networkOf(address) }
  refuseGuessing(db, byAddress, now)
  if (userId) refuseGuessing(db, { brake: 'code', of: userId }, now)
  const challenge = takeChallenge(db, challengeId, { purpose, userId }, now)
  const key = passkeyByCredential(db, response.id)
  const owner = userId ?? key?.userId
  if (owner) refuseGuessing(db, { brake: 'code', of: owner }, now)
  const counter = key && (!userId || key.userId === userId) ? await counterOf(db, key, { site, challenge, response, isSignIn: purpose === 'sign_in' }) : undefined
  if (!key || counter === undefined) {
    countFailure(db, byAddress, now)
    if (owner) noteFailure(db, owner, now)
    throw invalid({}, 'Kunci perangkat ini tidak dikenal di sini. Pakai kunci lain, atau masuk dengan kata sandi.')
  }
  if (key.blockedAt) throw conflict(BLOCKED)
  if (transact(db, system, (tx) => noteUse(tx, key, counter), new Date(now))) return key.userId
  blockPasskey(db, key, new Date(now))
  throw conflict(BLOCKED)
}

const BLOCKED = 'Kunci perangkat ini diblokir karena ada salinannya di perangkat lain. Masuk dengan kata sandi, hapus kunci ini di Akun saya, lalu beri tahu admin.'

function noteFailure(db: Db, userId: string, now: number) {
  const failures = countFailure(db, { brake: 'code', of: userId }, now)
  if (failures === BRAKES.code.free) transact(db, system, (tx) => tx.audit('session.code_braked', userId, { failures }))
}

type ToVerify = { site: Site, challenge: string, response: AuthenticationResponseJSON, isSignIn: boolean }

// How often the key says it was used, once its signature holds; undefined when anything of it does not.
async function counterOf(db: Db, key: Passkey, { site, challenge, response, isSignIn }: ToVerify): Promise<number | undefined> {
  if (key.rpId !== site.rpId) return undefined
  const { userHandle } = response.response
  if (userHandle === undefined ? isSignIn : userHandle !== handleOfUser(db, key.userId)) return undefined
  const { verifyAuthenticationResponse } = await webauthn()
  // Counter 0: the library would compare before it knows the signature, and anybody could have a key blocked.
  const credential = { id: key.credentialId, publicKey: new Uint8Array(key.publicKey), counter: 0, transports: key.transports }
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response, expectedChallenge: challenge, expectedOrigin: site.origin, expectedRPID: site.rpId, credential, requireUserVerification: true,
  }).catch(() => ({ verified: false, authenticationInfo: undefined }))
  return verified ? authenticationInfo?.newCounter : undefined
}
