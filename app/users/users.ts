import { randomInt } from 'node:crypto'
import { and, eq, ne } from 'drizzle-orm'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { findRegion } from '#app/regions/regions.ts'
import { endSessionsOf } from '#app/sessions/sessions.ts'
import type { Actor } from '#app/users/actor.ts'
import { beginOneTime, endOneTime } from '#app/users/one-time.ts'
import { demand, mayGoTogether, ROLE_WORDS, type Role } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { userRegions, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export type User = typeof users.$inferSelect

// The level of region each role works at: 4 village … 1 province, 0 the whole country.
export const LEVEL_OF: Record<Role, number> = {
  enumerator: 4, village_operator: 4, supervisor: 4, district_coordinator: 3, regency_officer: 2,
  regency_approver: 2, province_officer: 1, ministry_officer: 0, administrator: 0, auditor: 0,
}
const LEVEL_WORDS = ['seluruh Indonesia', 'provinsi', 'kabupaten/kota', 'kecamatan', 'desa/kelurahan']

export function getUser(db: Db, id: string): User & { regions: string[] } {
  const user = db.select().from(users).where(eq(users.id, id)).get()
  if (!user) throw notFound('Pengguna')
  return { ...user, regions: regionsOf(db, id) }
}

const anybody = statement<[], number>('SELECT 1 FROM users LIMIT 1')
export const hasUsers = (db: Db) => anybody(db).get() !== undefined

export const USERNAME = /^[a-z0-9._-]{3,40}$/
export const USERNAME_WORDS = 'Pakai 3–40 huruf kecil, angka, titik, atau garis.'

export const findUserNamed = (db: Db, username: string) => db.select().from(users).where(eq(users.username, username.toLowerCase())).get()

// In whose name work goes on behind the requests, with the rights they have now. Undefined once the account is not active any more.
export function activeActor(db: Db, id: string): Actor | undefined {
  const { name, role, regions, status } = getUser(db, id)
  return status === 'active' ? { id, name, role, regions } : undefined
}

export const regionsOf = (db: Db, userId: string) =>
  db.select().from(userRegions).where(eq(userRegions.userId, userId)).orderBy(userRegions.regionCode).all().map(({ regionCode }) => regionCode)

// No letters or digits that are read for one another: it is told by phone and typed on a phone.
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'
export const randomSigns = (length: number) => Array.from({ length }, () => SIGNS[randomInt(SIGNS.length)]).join('')
export const makeOneTimePassword = () => Array.from({ length: 3 }, () => randomSigns(4)).join('-')

export type NewUser = {
  id: string, username: string, name: string, phone: string | null, role: Role, regions: string[], passwordHash: string,
}

// False when the same form came before: the one-time password was shown then, and cannot be shown again.
export function inviteUser(tx: Tx, { regions, ...user }: NewUser): boolean {
  demand(tx.actor, 'user.manage')
  if (!isFirstTime(tx, user.id)) return false
  demandFreeName(tx.db, user.username)
  demandOneHand(tx.db, user)
  const places = demandPlaces(tx.db, user.role, regions)
  tx.db.insert(users).values({ ...user, status: 'invited', createdAt: tx.now }).run()
  place(tx, user.id, places)
  beginOneTime(tx, user.id)
  tx.audit('user.invited', user.id, { role: user.role, regions: places })
  return true
}

// Another role or other regions, from the next request on.
export function moveUser(tx: Tx, id: string, { role, regions }: Pick<NewUser, 'role' | 'regions'>) {
  demand(tx.actor, 'user.manage')
  const user = getUser(tx.db, id)
  demandAnother(tx, id)
  const places = demandPlaces(tx.db, role, regions, user.regions)
  if (user.role === role && String(user.regions) === String(places)) return
  demandOneHand(tx.db, { ...user, role })
  tx.db.update(users).set({ role }).where(eq(users.id, id)).run()
  tx.db.delete(userRegions).where(eq(userRegions.userId, id)).run()
  place(tx, id, places)
  endSessionsOf(tx.db, id)
  tx.audit('user.moved', id, { fromRole: user.role, role, fromRegions: user.regions, regions: places })
}

// A corrected name or telephone. Both stand on what the person signs, so the trail says who changed which; the number itself does
// not belong there.
export function changeDetails(tx: Tx, id: string, { name, phone: typed }: { name: string, phone: string }) {
  demand(tx.actor, 'user.manage')
  const user = getUser(tx.db, id)
  demandAnother(tx, id)
  const phone = typed || null
  if (user.name === name && user.phone === phone) return
  demandOneHand(tx.db, { id, phone, role: user.role }, 'phone')
  tx.db.update(users).set({ name, phone }).where(eq(users.id, id)).run()
  tx.audit('user.details_changed', id, { ...(user.name !== name && { fromName: user.name, name }), phoneChanged: user.phone !== phone })
}

export function suspendUser(tx: Tx, id: string, reason: string) {
  demand(tx.actor, 'user.manage')
  const user = getUser(tx.db, id)
  demandAnother(tx, id)
  if (user.status === 'suspended') return
  tx.db.update(users).set({ status: 'suspended' }).where(eq(users.id, id)).run()
  endSessionsOf(tx.db, id)
  tx.audit('user.suspended', id, { reason })
}

// Back with the old password, which opens only the page on which it is replaced: nobody knows who saw it meanwhile.
export function restoreUser(tx: Tx, id: string) {
  demand(tx.actor, 'user.manage')
  const user = getUser(tx.db, id)
  if (user.status !== 'suspended') return
  const words = otherHand(tx.db, user)
  if (words) throw conflict(`${words} Ubah dahulu telepon atau peran salah satunya.`)
  tx.db.update(users).set({ status: 'invited' }).where(eq(users.id, id)).run()
  tx.audit('user.restored', id)
}

export function resetPassword(tx: Tx, id: string, passwordHash: string) {
  demand(tx.actor, 'user.manage')
  const user = getUser(tx.db, id)
  demandAnother(tx, id)
  if (user.status === 'suspended') throw conflict('Akun ini ditangguhkan. Pulihkan dahulu, lalu setel ulang kata sandinya.')
  tx.db.update(users).set({ passwordHash, status: 'invited' }).where(eq(users.id, id)).run()
  beginOneTime(tx, id)
  endSessionsOf(tx.db, id)
  tx.audit('user.password_reset', id)
}

// By the user: no right is needed for one's own password. Every session ends; the caller begins a new one.
export function changePassword(tx: Tx, passwordHash: string) {
  const { changes } = tx.db.update(users).set({ passwordHash, status: 'active' })
    .where(and(eq(users.id, tx.actor.id), ne(users.status, 'suspended'))).run()
  if (!changes) throw notFound('Pengguna')
  endOneTime(tx, tx.actor.id)
  endSessionsOf(tx.db, tx.actor.id)
  tx.audit('user.password_changed', tx.actor.id)
}

// Of a form with chosen places and a picker: the picker counts when it stands at the role's own level, or alone.
export const placesOf = (role: Role, chosen: string[], picked: string) =>
  picked && (chosen.length === 0 || levelOf(picked) === LEVEL_OF[role]) ? [...new Set([...chosen, picked])] : chosen

const levelOf = (code: string) => code ? code.split('.').length : 0

function place(tx: Tx, userId: string, regions: string[]) {
  for (const regionCode of regions) tx.db.insert(userRegions).values({ userId, regionCode }).run()
}

function demandFreeName(db: Db, username: string) {
  if (db.select().from(users).where(eq(users.username, username)).get()) throw invalid({ username: 'Nama pengguna ini sudah dipakai.' })
}

// +62 812-345 and 0812345 are one telephone.
export const plainPhone = (phone: string | null) => phone ? phone.replace(/\D/g, '').replace(/^(62|0)/, '') : ''

const withPhone = statement<[string, string], { username: string, phone: string, role: Role }>(
  "SELECT username, phone, role FROM users WHERE phone LIKE '%' || ? AND id <> ? AND status <> 'suspended'")

type Hand = Pick<NewUser, 'id' | 'phone' | 'role'>

function demandOneHand(db: Db, user: Hand, field: 'role' | 'phone' = 'role') {
  const words = otherHand(db, user)
  if (words) throw invalid({ [field]: words })
}

// One telephone is one person, who never holds two hands of the same work: see mayGoTogether.
function otherHand(db: Db, { id, phone, role }: Hand): string | undefined {
  const own = plainPhone(phone)
  const clash = own ? withPhone(db).all(own, id).find((one) => plainPhone(one.phone) === own && !mayGoTogether(one.role, role)) : undefined
  return clash && `Nomor teleponnya sama dengan akun ${clash.username} (${ROLE_WORDS[clash.role]}). Satu orang tidak boleh memegang kedua peran ini.`
}

// `kept`: places the user already has may be codes that are closed by now.
function demandPlaces(db: Db, role: Role, regions: string[], kept: string[] = []): string[] {
  const level = LEVEL_OF[role]
  const places = level === 0 ? [''] : [...new Set(regions)].sort()
  if (places.length === 0) throw invalid({ region: `Pilih ${LEVEL_WORDS[level]} tempat bertugas.` })
  for (const code of level === 0 ? regions : places) {
    if (levelOf(code) !== level) throw invalid({ region: `Peran ini bertugas di tingkat ${LEVEL_WORDS[level]}, bukan ${LEVEL_WORDS[levelOf(code)]}.` })
    const region = findRegion(db, code)
    if (code && !(region && (!region.validTo || kept.includes(code)))) throw invalid({ region: `Wilayah ${code} tidak ada atau tidak berlaku lagi.` })
  }
  return places
}

export function demandAnother(tx: Tx, id: string) {
  if (tx.actor.id === id) throw conflict('Tindakan ini tidak bisa dilakukan pada akun Anda sendiri. Minta admin lain.')
}
