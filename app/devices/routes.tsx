import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { phoneSecret, receiptPublicKey } from '#app/deliveries/receipts.ts'
import { registerDevice, restoreDevice, revokeDevice } from '#app/devices/devices.ts'
import { viewDevice } from '#app/devices/history.ts'
import { missingRanges } from '#app/devices/gaps.ts'
import { countLost, listLost } from '#app/devices/lost-list.ts'
import { askForLost } from '#app/devices/lost-photos.ts'
import { arrivedNumbers, countDevices, listDevices } from '#app/devices/ledger.ts'
import { EXPIRY_DAYS, IDLE_MINUTES, KEEP_DAYS } from '#app/devices/policy.ts'
import { deviceHeaders } from '#app/devices/require-device.ts'
import { officeRecipient } from '#app/exchange/office-key.ts'
import { changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { optional } from '#app/optional.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { transact } from '#db/transaction.ts'
import { DevicePage } from '#views/devices/device.tsx'
import { DevicesPage } from '#views/devices/list.tsx'
import { LostPhotosPage } from '#views/devices/lost.tsx'

const Registration = z.object({
  id: z.uuid('Nomor HP tidak terbaca.'), label: z.string().trim().min(1, 'HP belum diberi nama.').max(80, 'Nama HP paling panjang 80 huruf.'),
  made: z.number().int().min(0).max(1_000_000),
})
const Revocation = z.object({ note: z.string().trim().min(1, 'Tuliskan alasan pencabutan.').max(500, 'Alasan paling panjang 500 huruf.') })

const List = z.object({
  after: optional(z.string().regex(/^-?\d{1,9}~\d{1,9}~\d{1,9}~[\d:.TZ-]{1,30}~[\w-]{1,64}~[\w-]{1,64}$/, 'Tempat dalam daftar tidak dikenal.').transform((text) => {
    const [missing, held, waiting, lastSeenAt = '', id = '', userId = ''] = text.split('~')
    return { missing: Number(missing), held: Number(held), waiting: Number(waiting), lastSeenAt, id, userId }
  })),
})
const Lost = z.object({
  after: optional(z.string().regex(/^[0-3]~[\d:.TZ-]{1,30}~[0-9a-f]{64}$/, 'Tempat dalam daftar tidak dikenal.').transform((text) => {
    const [rank, foundAt = '', sha256 = ''] = text.split('~')
    return { rank: Number(rank), foundAt, sha256 }
  })),
})
const Numbers = z.object({ after: optional(z.coerce.number().int().min(0).max(1_000_000)) })

export const deviceRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  // A phone's contact: at its preparation, and before everything it sends.
  .post('/', may('visit.submit'), deviceHeaders(db), async (c) => {
    const registration = parse(Registration, await c.req.json().catch(() => ({})))
    const { id: userId, name, role, regions, regionLabel } = c.var.actor
    const given = phoneSecret(dataDirectory, registration.id, userId)
    const { id, secret, lost } = transact(db, c.var.actor, (tx) => ({ ...registerDevice(tx, { ...registration, secret: given }), lost: askForLost(tx, registration.id) }))
    return c.json({
      id, secret, receiptKey: receiptPublicKey(dataDirectory), recipient: await officeRecipient(dataDirectory),
      expiryDays: EXPIRY_DAYS, idleMinutes: IDLE_MINUTES, keepDays: KEEP_DAYS, user: { id: userId, name, role, regions, regionLabel },
      missing: missingRanges(arrivedNumbers(db, id, userId), registration.made), lost,
    })
  })

  .get('/', may('device.read'), (c) => {
    const { after } = readQuery(c, List)
    const now = new Date().toISOString()
    return page(c, 'HP petugas', <DevicesPage {...listDevices(db, c.var.actor, after)} totals={countDevices(db, c.var.actor, now)} lost={countLost(db, c.var.actor)} now={now} />)
  })

  .get('/photos', may('device.read'), (c) => {
    const { after } = readQuery(c, Lost)
    const { actor } = c.var
    return page(c, 'Foto hilang di server', <LostPhotosPage {...listLost(db, actor, after)} counts={countLost(db, actor)} seesHouseholds={can(actor, 'household.read')} now={new Date().toISOString()} />)
  })

  .get('/:id/:user', may('device.read'), (c) => {
    const { id, user } = whichOf(c)
    const device = viewDevice(db, c.var.actor, id, user, readQuery(c, Numbers).after)
    return page(c, `HP ${device.officerName}`, <DevicePage device={device} now={new Date().toISOString()} />)
  })

  .post('/:id/:user/revocation', may('device.revoke'), async (c) => {
    const { id, user } = whichOf(c)
    const { note } = await readForm(c, Revocation)
    transact(db, c.var.actor, (tx) => revokeDevice(tx, id, user, note))
    return changed(c, `/devices/${id}/${user}`, { message: 'Akses HP dicabut. Berlaku saat HP menghubungi server.' })
  })

  .post('/:id/:user/restoration', may('device.revoke'), (c) => {
    const { id, user } = whichOf(c)
    transact(db, c.var.actor, (tx) => restoreDevice(tx, id, user))
    return changed(c, `/devices/${id}/${user}`, { message: 'Akses HP dipulihkan.' })
  })

const whichOf = (c: Context<Env>) => ({ id: c.req.param('id')!, user: c.req.param('user')! })
