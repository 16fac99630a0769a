import { Hono } from 'hono'
import * as z from 'zod'
import { listAvailable, listOwn, listRows, listVillages, officersOf } from '#app/assignments/listing.ts'
import { printPrelist } from '#app/assignments/printing.ts'
import { demandVillage, reinstateRows, withdrawRows } from '#app/assignments/publishing.ts'
import { releaseRows, revokedFrom, takeRows } from '#app/assignments/taking.ts'
import { filtersFor } from '#app/filters/filters.ts'
import { STAGES } from '#app/households/stages.ts'
import { changed, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { regionNames } from '#app/regions/regions.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { AvailablePage } from '#views/assignments/available.tsx'
import { PrelistPaper } from '#views/assignments/print.tsx'
import { PrelistRowsPage } from '#views/assignments/rows.tsx'
import { PrelistPage } from '#views/assignments/villages.tsx'

const many = z.union([z.string(), z.array(z.string())]).default([]).transform((value) => [value].flat())
const key = z.uuid()
const village = z.string().regex(/^[\d.]{13}$/, 'Pilih desa/kelurahan.')
const note = z.string('Tuliskan alasannya.').trim().min(3, 'Tuliskan alasannya.').max(500)
const number = z.coerce.number().int().positive().optional().catch(undefined)

const Chosen = z.object({ key, household: many, note })
const ChosenOfVillage = Chosen.extend({ village })
const Taking = z.object({ household: many })
const RowQuery = z.object({
  village, stage: z.enum(STAGES).optional().catch(undefined), officer: z.string().optional().transform((id) => id || undefined), after: number,
})
const AvailableQuery = z.object({ q: z.string().trim().max(60).catch(''), after: number })

const SENT_BEFORE = 'Kiriman ini sudah diproses sebelumnya.'

export const prelistRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => {
    const { after } = readQuery(c, z.object({ after: z.string().optional() }))
    const list = listVillages(db, c.var.actor, { after })
    return page(c, 'Prelist', <PrelistPage {...list} actor={c.var.actor} formKey={crypto.randomUUID()} />, { wide: true })
  })

  .get('/rows', (c) => {
    const filter = readQuery(c, RowQuery)
    const list = listRows(db, c.var.actor, filter)
    const { name } = demandVillage({ db, actor: c.var.actor }, filter.village)
    return page(c, `Prelist ${name}`, <PrelistRowsPage {...list} filter={filter} villageName={name} actor={c.var.actor} filters={filtersFor(db, c.var.actor, 'prelist', c.req.url)}
      officers={officersOf(db, filter.village)} keys={{ give: crypto.randomUUID(), chosen: crypto.randomUUID() }} />, { wide: true })
  })

  .post('/withdrawal', may('prelist.publish'), async (c) => {
    const form = await readForm(c, ChosenOfVillage)
    const count = transact(db, c.var.actor, (tx) => withdrawRows(tx, { ...form, ids: form.household }))
    return changed(c, `/prelist/rows?village=${form.village}`, { message: count === undefined ? SENT_BEFORE : `${count} baris dikeluarkan dari prelist.` })
  })

  .post('/reinstatement', may('prelist.publish'), async (c) => {
    const form = await readForm(c, ChosenOfVillage)
    const count = transact(db, c.var.actor, (tx) => reinstateRows(tx, { ...form, ids: form.household }))
    return changed(c, `/prelist/rows?village=${form.village}`, { message: count === undefined ? SENT_BEFORE : `${count} baris masuk lagi ke prelist, belum diterbitkan.` })
  })

  .get('/available', (c) => {
    const { q, after } = readQuery(c, AvailableQuery)
    const { actor } = c.var
    const list = listAvailable(db, actor, { q, after })
    const villages = [...regionNames(db, actor.regions)].map(([code, name]) => ({ code, name })).filter(({ code }) => code.length === 13)
    return page(c, 'Ambil tugas', <AvailablePage {...list} q={q} own={listOwn(db, actor)} revoked={revokedFrom(db, actor)} villages={villages}
      formKey={crypto.randomUUID()} />)
  })

  .post('/taking', may('prelist.take'), async (c) => {
    const { household } = await readForm(c, Taking)
    const count = transact(db, c.var.actor, (tx) => takeRows(tx, household))
    return changed(c, '/prelist/available', { message: count ? `${count} baris menjadi tugas Anda.` : 'Baris itu sudah menjadi tugas Anda.' })
  })

  .post('/release', may('prelist.take'), async (c) => {
    const form = await readForm(c, Chosen)
    const count = transact(db, c.var.actor, (tx) => releaseRows(tx, { ...form, ids: form.household }))
    return changed(c, '/prelist/available', { message: count === undefined ? SENT_BEFORE : `${count} tugas dilepas.` })
  })

  .get('/print', (c) => {
    const query = readQuery(c, z.object({ village }))
    const prelist = transact(db, c.var.actor, (tx) => printPrelist(tx, query.village))
    return page(c, `Cetak prelist ${prelist.village}`, <PrelistPaper prelist={prelist} />, { wide: true })
  })
