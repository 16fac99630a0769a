import { Hono } from 'hono'
import * as z from 'zod'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { pickedRegion, pickerLevels } from '#app/regions/picker.ts'
import { hashPassword } from '#app/sessions/passwords.ts'
import { freshForForm, freshSignIn } from '#app/sessions/step-up.ts'
import { texts } from '#app/typed.ts'
import { ROLES, type Role } from '#app/users/permissions.ts'
import { listUsers, placesNamed, viewUser } from '#app/users/user-list.ts'
import { ONE_TIME_HOURS } from '#app/users/one-time.ts'
import { dropPasskey, renewPassword, resetFactor, signOutUser, unlockUser } from '#app/users/securing.ts'
import { changeDetails, getUser, inviteUser, makeOneTimePassword, moveUser, placesOf, restoreUser, suspendUser, USERNAME, USERNAME_WORDS } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { DetailsPage, InvitePage, OneTimePasswordPage, PlacementPage } from '#views/users/form.tsx'
import { UserListPage, UserTable } from '#views/users/list.tsx'
import { UserPage } from '#views/users/user.tsx'

const chosen = z.union([z.string(), z.array(z.string())]).optional().transform((codes) => [codes ?? []].flat())
const optional = <T extends string>(values: readonly T[]) => z.enum(values).optional().catch(undefined)
const phone = z.string().transform((text) => text.replace(/[\s().-]/g, ''))
  .pipe(z.string().regex(/^(\+?\d{8,15})?$/, 'Nomor telepon terdiri atas 8–15 angka.')).default('')

const Search = z.object({
  q: z.string().trim().max(100).default(''), role: optional(ROLES), region: pickedRegion,
  status: optional(['invited', 'active', 'suspended']), after: z.string().max(300).optional(),
})
const Draft = z.object({
  name: z.string().default(''), username: z.string().default(''), phone: z.string().default(''), role: optional(ROLES),
  regions: chosen, region: pickedRegion, add: z.string().optional(),
})
const role = z.enum(ROLES, 'Pilih peran.')
const Invitation = z.object({
  key: z.uuid(), name: z.string().trim().min(1, 'Isi nama lengkap.').max(100), phone, role, regions: chosen, region: pickedRegion,
  username: z.string().trim().toLowerCase().regex(USERNAME, USERNAME_WORDS),
})
const Details = Invitation.pick({ name: true, phone: true })
const Placement = z.object({ role, regions: chosen, region: pickedRegion })
const Reset = z.object({ reason: z.string().trim().min(1, 'Tuliskan alasannya, misalnya "HP hilang".').max(300) })
const PasskeyRemoval = Reset.extend({ passkey: z.string().min(1, 'Pilih kuncinya.') })
const Suspension = z.object({ reason: z.string().trim().min(1, 'Tuliskan alasan penangguhan.').max(300) })

export const userRoutes = ({ db }: Deps) => new Hono<Env>()
  .use(may('user.manage'))
  .get('/', (c) => {
    const filter = readQuery(c, Search)
    const { users, next } = listUsers(db, c.var.actor, filter)
    const shown = { users, nextHref: next && nextPage(c.req.url, next) }
    return page(c, 'Pengguna', () => <UserListPage {...shown} filter={filter} levels={pickerLevels(db, { chosen: filter.region })} />,
      { part: () => <UserTable {...shown} /> })
  })

  .get('/new', freshForForm('role'), (c) => {
    const entered = readQuery(c, Draft)
    return page(c, 'Undang pengguna',
      <InvitePage formKey={crypto.randomUUID()} entered={entered} {...drafted(db, entered)} showAction="/users/new" />)
  })

  .post('/', freshSignIn('role'), async (c) => {
    const { key, regions, region, ...user } = await readForm(c, Invitation)
    const password = makeOneTimePassword()
    const passwordHash = await hashPassword(password)
    const invitation = { ...user, id: key, phone: user.phone || null, regions: placesOf(user.role, regions, region), passwordHash }
    const isNew = transact(db, c.var.actor, (tx) => inviteUser(tx, invitation))
    return page(c, 'Kata sandi sementara', <OneTimePasswordPage user={getUser(db, key)} password={isNew ? password : undefined} hours={ONE_TIME_HOURS} />)
  })

  .get('/:id', (c) => {
    const user = viewUser(db, c.var.actor, c.req.param('id'))
    return page(c, user.name, <UserPage user={user} />)
  })

  .get('/:id/details', freshForForm('person'), (c) => {
    const user = viewUser(db, c.var.actor, c.req.param('id'))
    return page(c, 'Ubah nama atau telepon', <DetailsPage user={user} typed={user} />)
  })

  .post('/:id/details', freshSignIn('person'), async (c) => {
    const id = c.req.param('id')
    const user = getUser(db, id)
    const typed = texts(await c.req.parseBody())
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => changeDetails(tx, id, parse(Details, typed))))
    if (problem && problem.code !== 'invalid') throw problem
    if (problem) return page(c, 'Ubah nama atau telepon', <DetailsPage user={user} typed={{ name: typed.name ?? '', phone: typed.phone ?? '' }} problem={problem} />, { status: 422 })
    return changed(c, `/users/${id}`, { message: 'Nama dan telepon disimpan.' })
  })

  .get('/:id/placement', freshForForm('role'), (c) => {
    const user = viewUser(db, c.var.actor, c.req.param('id'))
    const query = readQuery(c, Draft)
    const draft = query.role ? query : { ...query, regions: user.regions.filter(Boolean) }
    return page(c, 'Pindahkan tugas',
      <PlacementPage user={user} role={query.role ?? user.role} {...drafted(db, draft)} showAction={`/users/${user.id}/placement`} />)
  })

  .post('/:id/placement', freshSignIn('role'), async (c) => {
    const id = c.req.param('id')
    const { role, regions, region } = await readForm(c, Placement)
    transact(db, c.var.actor, (tx) => moveUser(tx, id, { role, regions: placesOf(role, regions, region) }))
    return changed(c, `/users/${id}`, { message: 'Tugas pengguna dipindahkan.' })
  })

  .post('/:id/suspension', async (c) => {
    const { reason } = await readForm(c, Suspension)
    transact(db, c.var.actor, (tx) => suspendUser(tx, c.req.param('id'), reason))
    return changed(c, `/users/${c.req.param('id')}`, { message: 'Akun ditangguhkan dan dikeluarkan dari semua perangkat.' })
  })

  .post('/:id/restoration', (c) => {
    transact(db, c.var.actor, (tx) => restoreUser(tx, c.req.param('id')))
    return changed(c, `/users/${c.req.param('id')}`, { message: 'Akun dipulihkan. Pengguna masuk dengan kata sandi lama dan harus menggantinya.' })
  })

  .post('/:id/password', freshSignIn('reset'), async (c) => {
    const password = makeOneTimePassword()
    const passwordHash = await hashPassword(password)
    transact(db, c.var.actor, (tx) => renewPassword(tx, c.req.param('id'), passwordHash))
    return page(c, 'Kata sandi sementara', <OneTimePasswordPage user={getUser(db, c.req.param('id'))} password={password} hours={ONE_TIME_HOURS} />)
  })

  .post('/:id/factor-reset', freshSignIn('reset'), async (c) => {
    const { reason } = await readForm(c, Reset)
    transact(db, c.var.actor, (tx) => resetFactor(tx, c.req.param('id'), reason))
    return changed(c, `/users/${c.req.param('id')}`, { message: 'Verifikasi dua langkah disetel ulang. Pengguna masuk dengan kata sandinya, lalu memasang yang baru.' })
  })

  .post('/:id/passkey-removal', freshSignIn('reset'), async (c) => {
    const { passkey, reason } = await readForm(c, PasskeyRemoval)
    transact(db, c.var.actor, (tx) => dropPasskey(tx, c.req.param('id'), passkey, reason))
    return changed(c, `/users/${c.req.param('id')}`, { message: 'Kunci perangkat dihapus, dan pengguna dikeluarkan dari semua perangkat. Yang lain tetap berlaku.' })
  })

  .post('/:id/sign-out', (c) => {
    transact(db, c.var.actor, (tx) => signOutUser(tx, c.req.param('id')))
    return changed(c, `/users/${c.req.param('id')}`, { message: 'Pengguna dikeluarkan dari semua perangkat.' })
  })

  .post('/:id/unlocking', (c) => {
    transact(db, c.var.actor, (tx) => unlockUser(tx, c.req.param('id')))
    return changed(c, `/users/${c.req.param('id')}`, { message: 'Kunci masuk dibuka. Pengguna bisa mencoba lagi sekarang.' })
  })

// The form as it is drawn again: with "Tambahkan" the picked place joins the chosen ones, and the picker stays beside it.
function drafted(db: Db, { regions, region, add }: { regions: string[], region: string, add?: string, role?: Role }) {
  const places = add && region ? [...new Set([...regions, region])] : regions
  return { places: placesNamed(db, places), levels: pickerLevels(db, { chosen: add ? region.split('.').slice(0, -1).join('.') : region }) }
}

function nextPage(url: string, after: string) {
  const { searchParams } = new URL(url)
  searchParams.set('after', after)
  return `/users?${searchParams}`
}
